/** The levers in rank order, as cards: what changes, who must do it, the path, what must be believed, what could break. */

import { useState } from 'preact/hooks'
import { Button, Empty, Gloss, Notice, PartyMark, Progress } from '../lib/ui'
import { capital } from '../model/moved'
import { kindWords } from '../model/result'
import { GLOSSES, KINDS, type CaseDoc, type Model } from '../model/shapes'
import { actors, outsiders, rowsOf } from './order'
import { tryLever } from './scenarios'
import { keyOf, search, searches, stop } from './search'
import type { Lever } from './types'

interface LeversProps {
  doc: CaseDoc
  model: Model
  to: string | null
}

export function Levers({ doc, model, to }: LeversProps) {
  const key = keyOf(doc, to)
  const now = searches.value[key]
  const job = now?.job
  if (now?.problem) return <Notice problem={now.problem} actions={<Button onClick={() => void search(doc, to)}>Search again</Button>} />
  if (!now || !job || job.state === 'running') {
    return (
      <Progress
        words={now?.stopping ? 'Stopping' : job?.words && job.words !== 'starting' ? `Searching for what would open it: ${soFar(job.done, job.words)}` : 'Searching for what would open it'}
        done={job?.done ?? 0}
        total={job?.total && job.total > job.done ? job.total : null}
        {...(job && !now?.stopping && { onCancel: () => void stop(key) })}
      />
    )
  }
  const stopped = job.state === 'cancelled' && (
    <Notice actions={<Button onClick={() => void search(doc, to)}>Search again</Button>}>
      The search was cancelled after {job.done.toLocaleString('en')} changed models.{job.result ? ' This is what was found so far.' : ''}
    </Notice>
  )
  if (!job.result) return stopped || null
  const opening = job.result.levers.filter((lever) => lever.opens)
  const others = job.result.levers.filter((lever) => !lever.opens)
  return (
    <section class="levers" aria-labelledby="levers-title">
      {stopped}
      <h2 id="levers-title">{opening.length === 0 ? 'Nothing that was tried opens it' : opening.length === 1 ? 'One way opens it' : `${counted(opening.length)} ways open it`}</h2>
      {opening.length === 0 && !stopped && (
        <Empty title="No single change, and no pair, opens this target.">
          <Button onClick={() => void search(doc, to, 3)}>Try sets of three</Button>
        </Empty>
      )}
      <ol class="cards">
        {opening.map((lever, k) => <Card key={lever.number} lever={lever} place={k + 1} doc={doc} model={model} job={job.id} />)}
      </ol>
      {others.length > 0 && (
        <details>
          <summary>{others.length} that would not be enough, taken alone</summary>
          <ol class="cards">
            {others.map((lever) => <Card key={lever.number} lever={lever} place={null} doc={doc} model={model} job={job.id} />)}
          </ol>
        </details>
      )}
    </section>
  )
}

/** The server does not know beforehand how many there will be: "135 of 135" says no more than "135". */
const soFar = (done: number, words: string): string => words.replace(`${done} of ${done} `, `${done} `)

const NUMBERS = ['None', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve']
const counted = (count: number): string => NUMBERS[count] ?? String(count)

interface CardProps {
  lever: Lever
  place: number | null
  doc: CaseDoc
  model: Model
  job: string
}

const LEFT_OUT = new Set(['holds'])
const WARNINGS = new Set(['harm', 'against', 'new flags'])
const MOST_LINES = 5

function Card({ lever, place, doc, model, job }: CardProps) {
  const [trying, setTrying] = useState(false)
  const must = actors(lever).map((id) => model.parties.find((party) => party.id === id))
  const rows = rowsOf(lever.rows).filter((row) => !LEFT_OUT.has(row.name))
  const words = capital(lever.words)
  const attempt = async () => {
    setTrying(true)
    await tryLever(doc.id, job, lever.number, words.slice(0, 200))
    setTrying(false)
  }
  return (
    <li class="lever">
      <div class="lever-head">
        <h3>{place !== null && <span class="lever-place">{place}</span>} {words}</h3>
        <Button kind={place === 1 ? 'main' : 'plain'} disabled={trying} onClick={() => void attempt()} aria-label={`Try: ${words}`}>Try</Button>
      </div>
      <dl class="lever-facts">
        {!lever.opens && <Fact head="What it makes of it"><Gloss meaning={KINDS[lever.kind] ?? ''}>{kindWords(lever.kind)}</Gloss></Fact>}
        <Fact head="Who must do it">
          <span class="lever-actors">
            {must.map((party) => party && <PartyMark key={party.id} number={party.colour} letter={party.letter} name={party.name} />)}
            {outsiders(lever).map((one) => <span key={one}>{one}</span>)}
            {must.length === 0 && outsiders(lever).length === 0 && 'nobody in particular'}
          </span>
        </Fact>
        {lever.stable_under.length > 0 && (
          <Fact head="Holds under">
            <span class="lever-actors">
              {lever.stable_under.map((one) => <Gloss key={one} meaning={GLOSSES[one]?.gloss ?? ''}>{GLOSSES[one]?.short ?? one}</Gloss>)}
              {lever.stable_under.includes('nash') && <span class="small">nobody could gain by leaving</span>}
            </span>
          </Fact>
        )}
        {rows.map((row) => (
          <Fact key={row.name} head={row.head} {...(WARNINGS.has(row.name) && { warns: true })}>
            <Lines lines={row.lines} ordered={row.name === 'steps'} />
          </Fact>
        ))}
      </dl>
    </li>
  )
}

function Fact({ head, warns, children }: { head: string; warns?: true; children: preact.ComponentChildren }) {
  return (
    <div class={warns ? 'lever-warns' : undefined}>
      <dt>{head}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Lines({ lines, ordered }: { lines: string[]; ordered: boolean }) {
  const [all, setAll] = useState(false)
  if (lines.length === 1) return <>{capital(lines[0] ?? '')}</>
  const shown = all ? lines : lines.slice(0, MOST_LINES)
  const items = shown.map((line, k) => <li key={k}>{capital(line)}</li>)
  return (
    <>
      {ordered ? <ol class="lever-steps">{items}</ol> : <ul>{items}</ul>}
      {shown.length < lines.length && <Button kind="quiet" onClick={() => setAll(true)}>{lines.length - shown.length} more</Button>}
    </>
  )
}
