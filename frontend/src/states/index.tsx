/** The states: a table and a map of the same, linked both ways; what is chosen here is chosen everywhere. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Drawing } from '../lib/drawing'
import { useKeys } from '../lib/keys'
import { href } from '../lib/router'
import { chooseState, selectedState } from '../lib/store'
import { Button, Field, Gloss, Notice, PartyMark, Progress } from '../lib/ui'
import { verdict } from '../model/current'
import { Frame } from '../model/Frame'
import { joined } from '../model/moved'
import type { CaseDoc, Model } from '../model/shapes'
import { filtered, NO_FILTER, type StateRow } from './rows'
import { needRows, rowsOfCase, rowsProblem } from './rowstore'
import { StateTable } from './StateTable'
import './states.css'

export default function Screen() {
  return (
    <Frame title="States" screen="states">
      {(doc, model) => <Body doc={doc} model={model} />}
    </Frame>
  )
}

function Body({ doc, model }: { doc: CaseDoc; model: Model }) {
  const [filter, setFilter] = useState(NO_FILTER)
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => void needRows(doc), [doc.id, doc.version])
  useKeys([{ key: '/', words: 'search the states', run: () => search.current?.focus() }])
  const page = rowsOfCase(doc.id)
  const rows = useMemo(() => (page ? filtered(page.rows, filter) : []), [page, filter])
  if (rowsProblem.value && !page) return <Notice problem={rowsProblem.value} />
  if (!page) return <Progress words="Solving the case" />
  const lasting = page.concepts.filter((concept) => concept.equilibria > 0)
  return (
    <>
      <ul class="case-facts">
        {page.concepts.length > 0 && (
          <li>
            {lasting.length === 0 ? 'No state would last under any concept' : (
              <>
                Would last:{' '}
                {lasting.map((concept, k) => (
                  <span key={concept.id}>
                    {k > 0 && ', '}
                    <b class="figures">{concept.equilibria.toLocaleString('en')}</b> under <Gloss meaning={concept.gloss}>{concept.short}</Gloss>
                  </span>
                ))}
              </>
            )}
          </li>
        )}
        <li>
          Suit all at the table: <b class="figures">{page.rows.filter((row) => row.zone).length}</b>
        </li>
      </ul>
      {model.status_quo && <StateMap doc={doc} />}
      <Picked doc={doc} model={model} row={selectedState.value ? page.byCode.get(selectedState.value) : undefined} />
      <section class="states-list" aria-label="Table of states">
        <form class="states-filter" role="search" onSubmit={(event) => event.preventDefault()}>
          <Field label="Search words or codes">
            {(tied) => (
              <input
                {...tied}
                ref={search}
                type="search"
                placeholder={model.form === 'option' ? 'words, or a code as 1-0' : ''}
                value={filter.text}
                onInput={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label="Show">
            {(tied) => (
              <select {...tied} value={filter.lasts} onChange={(event) => setFilter({ ...filter, lasts: event.currentTarget.value })}>
                <option value="">all states</option>
                <option value="any">those that would last under some concept</option>
                {page.concepts.map((concept) => <option key={concept.id} value={concept.id}>those that would last under {concept.short}</option>)}
              </select>
            )}
          </Field>
          <label class="check">
            <input type="checkbox" checked={filter.zone} onChange={(event) => setFilter({ ...filter, zone: event.currentTarget.checked })} />
            only what suits all at the table
          </label>
          <p class="small" role="status">
            {rows.length.toLocaleString('en')} of {page.total.toLocaleString('en')} states
            {page.total > page.rows.length && <>; only the first {page.rows.length.toLocaleString('en')} are listed here</>}
          </p>
        </form>
        {rows.length === 0 ? (
          <div class="empty">
            <p class="empty-title">No state fits what you ask for.</p>
            <Button onClick={() => setFilter(NO_FILTER)}>Show all states</Button>
          </div>
        ) : (
          <StateTable id={doc.id} page={page} rows={rows} parties={model.parties} />
        )}
        <Legend model={model} />
      </section>
    </>
  )
}

function Legend({ model }: { model: Model }) {
  return (
    <p class="small states-legend">
      {model.parties.map((party) => (
        <span key={party.id}><PartyMark number={party.colour} letter={party.letter} name={party.name} /></span>
      ))}
      <span><b>●</b> everybody would stay; <b>·</b> this party would leave; ▸ where things stand now. Arrow keys move, Space chooses, Enter opens Why.</span>
    </p>
  )
}

function StateMap({ doc }: { doc: CaseDoc }) {
  const [open, setOpen] = useState(true)
  const drawing = useRef<SVGSVGElement | null>(null)
  const chosen = selectedState.value
  const mark = () => {
    for (const one of drawing.current?.querySelectorAll<SVGElement>('[data-state]') ?? []) {
      const is = one.dataset.state === selectedState.peek()
      one.classList.toggle('is-picked', is)
      one.setAttribute('aria-pressed', String(is))
    }
  }
  useEffect(mark, [chosen])
  return (
    <section class="states-map" aria-label="Map of states">
      <div class="row">
        <Button kind="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? 'Hide the map' : 'Show the map'}</Button>
      </div>
      {open && (
        <Drawing
          src={`/api/cases/${encodeURIComponent(doc.id)}/map.svg?version=${doc.version}`}
          label={verdict.value?.sentence ? `Map of states. ${verdict.value.sentence}` : 'Map of states'}
          marks="[data-state]"
          onPick={(one) => chooseState(one.dataset.state === chosen ? null : (one.dataset.state ?? null))}
          onReady={(svg) => {
            drawing.current = svg
            mark()
          }}
        />
      )}
    </section>
  )
}

/** The chosen state in words, and where to go from it. */
function Picked({ doc, model, row }: { doc: CaseDoc; model: Model; row: StateRow | undefined }) {
  if (!row) return <p class="small states-picked-none">Choose a state in the map or the table.</p>
  const is = [row.statusQuo && 'where things stand now', row.target && 'the target spoken of above', row.zone && 'suits all at the table'].filter((one): one is string => Boolean(one))
  return (
    <section class="states-picked" aria-label="Chosen state" aria-live="polite">
      <p class="states-picked-name">{row.words} {row.words !== row.code && <span class="code">{row.code}</span>}</p>
      <p class="small">
        {is.length > 0 && <>{joined(is)}; </>}
        {row.equilibrium.length > 0 ? <>would last under {joined(row.equilibrium.map((one) => one.toUpperCase().replace('NASH', 'Nash')), 9)}</> : 'would not last under any concept'}
      </p>
      <ul class="case-facts small">
        {model.parties.map((party) => (
          <li key={party.id}><PartyMark number={party.colour} letter={party.letter} name={`${party.name}: place ${row.rank[party.id] ?? '–'}`} /></li>
        ))}
      </ul>
      {model.form === 'option' && (
        <details class="states-full">
          <summary>Level by level</summary>
          <dl>
            {model.parties.flatMap((party) => party.options).map((option) => (
              <div key={option.key}>
                <dt>{option.name}</dt>
                <dd>{option.levels[Number(row.code[option.digit])]?.words}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <p class="row">
        <a href={href('why', doc.id, { state: row.code })}>Why it would last or not</a>
        {!row.statusQuo && <a href={href('unlock', doc.id, { state: row.code, to: row.code })}>What would open it</a>}
      </p>
    </section>
  )
}
