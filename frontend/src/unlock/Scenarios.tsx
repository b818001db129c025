/** Scenarios side by side with the case they come from, differences marked; kept, named, discarded. */

import { useEffect } from 'preact/hooks'
import { href } from '../lib/router'
import { Button, Gloss, Notice } from '../lib/ui'
import { Editable } from '../model/Place'
import { kindWords } from '../model/result'
import { KINDS, type CaseDoc } from '../model/shapes'
import { discard, keep, loadScenarios, rename, scenarioProblem, scenarios, type Scenario } from './scenarios'
import type { Diagnosis, Named } from './types'

export function Scenarios({ doc }: { doc: CaseDoc }) {
  useEffect(() => void loadScenarios(doc.id), [doc.id, doc.version])
  const found = scenarios.value?.of === doc.id ? scenarios.value : null
  if (!found) return scenarioProblem.value ? <Notice problem={scenarioProblem.value} /> : null
  return (
    <section class="beside" aria-labelledby="scenarios-title">
      <h2 id="scenarios-title">Scenarios</h2>
      {scenarioProblem.value && <Notice problem={scenarioProblem.value} />}
      {found.list.length === 0 ? (
        <p class="small">None yet. “Try” on a lever makes one: the case as that lever changes it, beside the case itself.</p>
      ) : (
        <Sides doc={doc} base={found.base} list={found.list} />
      )}
    </section>
  )
}

function Sides({ doc, base, list }: { doc: CaseDoc; base: Diagnosis | null; list: Scenario[] }) {
  return (
    <div class="table-room" role="region" aria-label="Scenarios side by side" tabIndex={0}>
      <table class="sides">
        <thead>
          <tr>
            <th scope="col"><span class="unseen">What</span></th>
            <th scope="col">The case itself</th>
            {list.map(({ item }) => (
              <th scope="col" key={item.id}>
                <Editable label="name of scenario" value={item.name} place={`scenario.${item.id}`} onSave={(name) => rename(doc.id, item.id, name)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Result</th>
            <td><Kind diagnosis={base} /></td>
            {list.map(({ item, diagnosis }) => (
              <td key={item.id} class={base?.kind !== diagnosis?.kind ? 'differs' : undefined}><Kind diagnosis={diagnosis} differs={base?.kind !== diagnosis?.kind} /></td>
            ))}
          </tr>
          <tr>
            <th scope="row">In a sentence</th>
            <td>{base?.sentence}</td>
            {list.map(({ item, diagnosis }) => {
              const differs = base?.sentence !== diagnosis?.sentence
              return <td key={item.id} class={differs ? 'differs' : undefined}><Mark on={differs} />{diagnosis?.sentence ?? 'This scenario cannot be diagnosed.'}</td>
            })}
          </tr>
          <Told head="Changed in the model" list={list} rows={(one) => one.compared?.model_words} />
          <Told head="What would last" list={list} rows={(one) => one.compared?.equilibria_words} />
          <tr>
            <th scope="row"><span class="unseen">What to do with it</span></th>
            <td />
            {list.map(({ item }) => (
              <td key={item.id}>
                <span class="sides-tools">
                  <a href={href('model', item.id)}>Open</a>
                  <Button kind="quiet" aria-label={`Keep as a case: ${item.name}`} onClick={() => void keep(doc.id, item)}>Keep as a case</Button>
                  <Button kind="quiet" aria-label={`Discard ${item.name}`} onClick={() => void discard(doc.id, item)}>Discard</Button>
                </span>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function Kind({ diagnosis, differs }: { diagnosis: Diagnosis | null; differs?: boolean }) {
  if (!diagnosis) return <>–</>
  return (
    <>
      <Mark on={differs === true} />
      <b><Gloss meaning={KINDS[diagnosis.kind] ?? ''}>{kindWords(diagnosis.kind)}</Gloss></b>
    </>
  )
}

/** Marks what differs from the case itself: a sign, and words for those who do not see it. */
function Mark({ on }: { on: boolean }) {
  if (!on) return null
  return <><span class="differs-mark" aria-hidden="true">≠ </span><span class="unseen">Differs: </span></>
}

function Told({ head, list, rows }: { head: string; list: Scenario[]; rows: (one: Scenario) => Named[] | undefined }) {
  return (
    <tr>
      <th scope="row">{head}</th>
      <td class="small">–</td>
      {list.map((one) => {
        const own = rows(one) ?? []
        return (
          <td key={one.item.id}>
            {own.length === 0 && 'nothing'}
            <ul>{own.map((row, k) => <li key={k}><span class="small">{row.name}</span> {row.words.replace(/\bin B\b/g, 'here').replace(/\bin A\b/g, 'in the case itself').replace(/\bof A\b/g, 'of the case itself')}</li>)}</ul>
          </td>
        )
      })}
    </tr>
  )
}
