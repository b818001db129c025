/** Why a state would last or not, for a party and under a concept: moves, answers, counter-moves, what decides. */

import { useEffect } from 'preact/hooks'
import { api } from '../lib/api'
import { useKeys } from '../lib/keys'
import { useLoad } from '../lib/load'
import { choose, href, route } from '../lib/router'
import { selectedState } from '../lib/store'
import { Empty, Gloss, Notice, PartyMark, Progress } from '../lib/ui'
import { Frame, Headline } from '../model/Frame'
import { capital } from '../model/moved'
import { GLOSSES, type CaseDoc, type Model, type Party } from '../model/shapes'
import { StateName } from '../model/StateName'
import { needRows, rowsOfCase } from '../states/rowstore'
import { Deciding } from './Deciding'
import { Tree } from './Tree'
import { branchOf, type Explanation } from './tree'
import './why.css'

interface Told {
  party: string
  name: string
  verdict: string
  improvements: { to: string; words: string; change: string; fates: { concepts: string[]; words: string }[] }[]
  others: string
}

interface Why {
  state: string
  state_words: string
  sentence: string
  explanations: Explanation[]
  told: Told[]
}

const MOST_SHOWN = 4

export default function Screen() {
  return (
    <Frame title="Why" screen="why" lead={null}>
      {(doc, model) => <Body doc={doc} model={model} />}
    </Frame>
  )
}

function Body({ doc, model }: { doc: CaseDoc; model: Model }) {
  const state = selectedState.value ?? model.status_quo?.code ?? null
  const { data, problem } = useLoad<Why>(state === null ? null : `${doc.id} ${doc.version} ${state}`, (signal) =>
    api.get(`cases/${encodeURIComponent(doc.id)}/why`, { state }, signal),
  )
  useEffect(() => void needRows(doc), [doc.id, doc.version])
  const { party: askedParty, concept: askedConcept } = route.value.query
  const concepts = [...new Set(data?.explanations.map((one) => one.concept))]
  const concept = concepts.find((one) => one === askedConcept) ?? (concepts.includes('seq') ? 'seq' : concepts[0])
  const step = (by: number) => concept && choose({ concept: concepts[(concepts.indexOf(concept) + by + concepts.length) % concepts.length] })
  useKeys([
    { key: ']', words: 'next concept', run: () => step(1) },
    { key: '[', words: 'concept before', run: () => step(-1) },
  ])
  if (state === null) {
    return (
      <>
        <Headline />
        <Empty title="Choose a state first."><p><a href={href('states', doc.id)}>Go to the states</a></p></Empty>
      </>
    )
  }
  if (problem) return <Notice problem={problem} actions={<a href={href('states', doc.id)}>Go to the states</a>} />
  if (!data || data.state !== state || !concept) return <Progress words="Looking at every move" />
  const rows = rowsOfCase(doc.id)
  const words = (code: string) => (code === state ? data.state_words : (rows?.byCode.get(code)?.words ?? code))
  const party = model.parties.find((one) => one.id === askedParty)
  const shown = data.explanations.filter((one) => one.concept === concept && (!party || one.party === party.id))
  return (
    <>
      <p class="lead">{data.sentence}</p>
      <Crumbs doc={doc} state={state} words={data.state_words} party={party} concept={concept} />
      <div class="why-choice">
        <div class="why-tabs" role="group" aria-label="Concept">
          {concepts.map((one) => (
            <button key={one} type="button" class="why-tab" aria-pressed={one === concept} aria-describedby={one === concept ? 'why-gloss' : undefined} onClick={() => choose({ concept: one })}>
              {GLOSSES[one]?.short ?? one}
            </button>
          ))}
        </div>
        <p class="small" id="why-gloss">{GLOSSES[concept]?.short} {GLOSSES[concept]?.gloss}</p>
        <div class="why-tabs" role="group" aria-label="Party">
          <button type="button" class="why-tab" aria-pressed={!party} onClick={() => choose({ party: null })}>All parties</button>
          {model.parties.map((one) => (
            <button key={one.id} type="button" class="why-tab" aria-pressed={one === party} onClick={() => choose({ party: one.id })}>
              <PartyMark number={one.colour} letter={one.letter} name={one.name} />
            </button>
          ))}
        </div>
      </div>
      {shown.map((one) => {
        const owner = model.parties.find((p) => p.id === one.party)
        const told = data.told.find((t) => t.party === one.party)
        return owner && <Block key={one.party} doc={doc} model={model} owner={owner} own={one} told={told} state={state} words={words} />
      })}
    </>
  )
}

interface CrumbsProps {
  doc: CaseDoc
  state: string
  words: string
  party: Party | undefined
  concept: string
}

function Crumbs({ doc, state, words, party, concept }: CrumbsProps) {
  return (
    <nav aria-label="Breadcrumbs" class="crumbs">
      <ol>
        <li><a href={href('states', doc.id, { state })}>States</a></li>
        <li><a href={href('why', doc.id, { state })}>{words === state ? words : capital(words)} {words !== state && <span class="code">{state}</span>}</a></li>
        {party && <li><a href={href('why', doc.id, { state, party: party.id })}>{party.name}</a></li>}
        <li aria-current="page"><Gloss meaning={GLOSSES[concept]?.gloss ?? ''}>{GLOSSES[concept]?.short ?? concept}</Gloss></li>
      </ol>
    </nav>
  )
}

interface BlockProps {
  doc: CaseDoc
  model: Model
  owner: Party
  own: Explanation
  told: Told | undefined
  state: string
  words: (code: string) => string
}

/** What is to be said of one party: the verdict, each improvement as a tree and in words, what else it could do. */
function Block({ doc, model, owner, own, told, state, words }: BlockProps) {
  const [first, rest] = [own.improvements.slice(0, MOST_SHOWN), own.improvements.slice(MOST_SHOWN)]
  const one = (improvement: Explanation['improvements'][number]) => {
    const said = told?.improvements.find((item) => item.to === improvement.to)
    const fate = said?.fates.find((item) => item.concepts.includes(own.concept))
    return (
      <li key={improvement.to} class="why-move">
        {said?.change && <p class="small">{said.change}</p>}
        <Tree branches={[branchOf(improvement, own, state)]} model={model} words={words} />
        {fate && <p class="why-words">{capital(fate.words)}.</p>}
        <Deciding doc={doc} party={owner} better={improvement.to} worse={state} words={words} />
      </li>
    )
  }
  return (
    <section class="why-block" aria-label={owner.name}>
      <h2>
        <PartyMark number={owner.colour} letter={owner.letter} name={owner.name} />{' '}
        <span class="why-verdict">would {own.stable ? 'stay' : 'leave'} under {GLOSSES[own.concept]?.short ?? own.concept}</span>
      </h2>
      {told && <p class="small">In all: {told.verdict}.</p>}
      {own.improvements.length === 0 && <p>No move of its own is an improvement{own.other_moves.length === 0 ? ': it has none from here' : ''}.</p>}
      <ul class="why-moves">{first.map(one)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more {rest.length === 1 ? 'improvement' : 'improvements'}</summary>
          <ul class="why-moves">{rest.map(one)}</ul>
        </details>
      )}
      {own.other_moves.length > 0 && (
        <details class="why-others">
          <summary>{own.other_moves.length === 1 ? 'One move' : `${own.other_moves.length} moves`} that it does not gain by</summary>
          <ul>
            {own.other_moves.map((code) => (
              <li key={code}>
                <StateName code={code} words={words(code)} />
                <Deciding doc={doc} party={owner} better={state} worse={code} words={words} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
