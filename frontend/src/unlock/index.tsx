/** What would unlock it: targets by kind, levers in rank order, scenarios side by side. */

import { useEffect } from 'preact/hooks'
import { api } from '../lib/api'
import { useKeys } from '../lib/keys'
import { useLoad } from '../lib/load'
import { choose, route } from '../lib/router'
import { Button, Gloss, Notice, Progress } from '../lib/ui'
import { Frame } from '../model/Frame'
import { capital } from '../model/moved'
import { kindWords } from '../model/result'
import { KINDS, type CaseDoc, type Model } from '../model/shapes'
import { needRows, wordsOf } from '../states/rowstore'
import { Levers } from './Levers'
import { Scenarios } from './Scenarios'
import { keyOf, search, searches } from './search'
import { Targets } from './Targets'
import type { Diagnosis, Named } from './types'
import './unlock.css'

export default function Screen() {
  useKeys([])
  return (
    <Frame title="Unlock" screen="unlock" lead={null}>
      {(doc, model) => <Body doc={doc} model={model} />}
    </Frame>
  )
}

function Body({ doc, model }: { doc: CaseDoc; model: Model }) {
  const { data, problem } = useLoad<Diagnosis>(`${doc.id} ${doc.version}`, (signal) =>
    api.get(`cases/${encodeURIComponent(doc.id)}/diagnosis`, {}, signal),
  )
  useEffect(() => void needRows(doc), [doc.id, doc.version])
  const asked = route.value.query.to ?? null
  const to = asked ?? data?.witness ?? null
  // The search begins by itself: its answer is what this screen is for. It can be cancelled.
  const wanted = data !== null && (asked !== null || (data.deadlock && data.witness !== null))
  useEffect(() => {
    if (wanted && !searches.peek()[keyOf(doc, to)]) void search(doc, to)
  }, [doc.id, doc.version, to, wanted])
  if (problem) return <Notice problem={problem} />
  if (!data) return <Progress words="Working out what is stuck" />
  const found = searches.value[keyOf(doc, to)]?.job?.result ?? null
  return (
    <>
      <p class="lead">{found?.sentence ?? data.sentence}</p>
      <Facts diagnosis={data} />
      {asked !== null && !data.targets.some((one) => one.state === asked) && (
        <Notice actions={<Button onClick={() => choose({ to: null })}>Back to the targets</Button>}>
          {capital(wordsOf(doc.id, asked))} would leave somebody at the table worse off than now, or nobody better off.
        </Notice>
      )}
      {data.targets.length > 0 ? (
        <Targets id={doc.id} model={model} diagnosis={data} chosen={to} />
      ) : (
        <p class="reading">
          {data.deadlock
            ? 'There is no state that would suit everybody at the table, so there is no target to open. A change of preferences, of options or of who is at the table could make one: try it in the model.'
            : 'There is nothing to open: the parties are not held where they are.'}
        </p>
      )}
      {wanted && <Levers doc={doc} model={model} to={to} />}
      <Scenarios doc={doc} />
    </>
  )
}

const SHOWN = new Set(['kind', 'hold', 'zone'])

/** The three facts that decide it; the rest is folded. */
function Facts({ diagnosis }: { diagnosis: Diagnosis }) {
  const first = diagnosis.facts.filter((fact) => SHOWN.has(fact.name))
  const rest = [...diagnosis.facts.filter((fact) => !SHOWN.has(fact.name)), ...diagnosis.flag_words]
  const circles = diagnosis.circles.filter((row) => row.words)
  return (
    <div class="unlock-facts">
      <dl class="plain-facts">{first.map((fact) => <Plain key={fact.name} fact={fact} />)}</dl>
      {rest.length + circles.length > 0 && (
        <details>
          <summary>All that is known about it</summary>
          <dl class="plain-facts">
            {rest.map((fact, k) => <Plain key={k} fact={fact} />)}
            {circles.length > 0 && (
              <div>
                <dt>demands that go round in a circle</dt>
                <dd><ul>{circles.map((row, k) => <li key={k}>{row.name && <b>{row.name}: </b>}{row.words.replace('; --json has all', '')}</li>)}</ul></dd>
              </div>
            )}
          </dl>
        </details>
      )}
    </div>
  )
}

function Plain({ fact }: { fact: Named }) {
  const [kind = '', ...meaning] = fact.name === 'kind' ? fact.words.split(': ') : []
  return (
    <div>
      <dt>{fact.name}</dt>
      <dd>
        {fact.name === 'kind' ? (
          <><b><Gloss meaning={KINDS[kind.replace(/ /g, '-')] ?? ''}>{kindWords(kind.replace(/ /g, '-'))}</Gloss></b>: {meaning.join(': ')}</>
        ) : fact.words}
      </dd>
    </div>
  )
}
