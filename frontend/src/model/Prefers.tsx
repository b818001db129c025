/** "Why does Washington prefer this to that?": the statement that decides, and its quotation. */

import { useId, useState } from 'preact/hooks'
import { selectedState } from '../lib/store'
import { Quotes } from './Cited'
import { clauseAt, decides } from './ladderview'
import { ladderFor } from './ladders'
import { capital } from './moved'
import { named, type Model, type Party, type Rung } from './shapes'

/** More choices make every edit slower; any other state can be chosen on the ladder. */
const MOST_CHOICES = 80

interface PrefersProps {
  id: string
  party: Party
  model: Model
  target: string | null
}

export function Prefers({ id, party, model, target }: PrefersProps) {
  const field = useId()
  const [one, setOne] = useState<string | null>(null)
  const [other, setOther] = useState<string | null>(null)
  const kept = ladderFor(id, party.id)
  if (!kept || kept.ladder.total < 2) return null
  const tiers = kept.ladder.tiers
  const now = model.status_quo?.code ?? null
  const places = new Map(tiers.flatMap((tier) => tier.states.map((state) => [state.code, tier.place] as const)))
  const states = tiers.flatMap((tier) => tier.states)
  const valid = (code: string | null): string | null => (code !== null && places.has(code) ? code : null)
  const a = valid(one) ?? valid(selectedState.value) ?? valid(target) ?? states[0]?.code ?? ''
  const b = valid(other) ?? (valid(now) && now !== a ? now : null) ?? states.find((state) => state.code !== a)?.code ?? ''
  const choices = states.length <= MOST_CHOICES ? states : nearest(states, [a, b, now, target, selectedState.value])
  return (
    <section class="prefers" aria-labelledby={`${field}-title`}>
      <h3 id={`${field}-title`}>Why does {party.name} prefer this to that?</h3>
      <div class="prefers-choice">
        <Choice label="This" states={choices} value={a} onChange={setOne} />
        <Choice label="That" states={choices} value={b} onChange={setOther} />
      </div>
      {choices.length < states.length && <p class="small">To ask about a state that is not listed, choose it on the ladder or in the table of states.</p>}
      <div aria-live="polite">
        <Answer id={id} party={party} a={a} b={b} places={places} states={states} />
      </div>
    </section>
  )
}

function nearest(states: Rung[], wanted: (string | null)[]): Rung[] {
  return states.filter((state, k) => k < MOST_CHOICES || wanted.includes(state.code))
}

function Choice({ label, states, value, onChange }: { label: string; states: Rung[]; value: string; onChange: (code: string) => void }) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {states.map((state) => <option key={state.code} value={state.code}>{named(state.words, state.code)}</option>)}
      </select>
    </div>
  )
}

interface AnswerProps {
  id: string
  party: Party
  a: string
  b: string
  places: Map<string, number>
  states: Rung[]
}

function Answer({ id, party, a, b, places, states }: AnswerProps) {
  const tiers = ladderFor(id, party.id)?.ladder.tiers ?? []
  const words = (code: string): string => named(states.find((state) => state.code === code)?.words ?? code, code)
  const [placeA, placeB] = [places.get(a) ?? 0, places.get(b) ?? 0]
  if (a === b) return <p class="small">Choose two different states.</p>
  if (placeA === placeB) return <p>It does not: {words(a)} and {words(b)} are level for {party.name}.</p>
  const [better, worse] = placeA < placeB ? [a, b] : [b, a]
  const order = `${party.name} puts ${words(better)}, in place ${(places.get(better) ?? 0) + 1}, above ${words(worse)}, in place ${(places.get(worse) ?? 0) + 1}`
  const opening = placeA < placeB ? `${order}` : `It is the other way round: ${order}`
  const form = party.preferences.form
  if (form === 'ranking') return <p>{capital(opening)}, because the case ranks them so.</p>
  if (form === 'weights') return <p>{capital(opening)}, because the weights of what is true there add up to more.</p>
  const found = decides(tiers, Math.min(placeA, placeB), Math.max(placeA, placeB))
  if (!found) return <p>{capital(opening)}.</p>
  const clause = clauseAt(party.preferences.clauses, found)
  return (
    <>
      <p>
        {capital(opening)}, because of {found.index === null ? 'the statement' : `statement ${found.index + 1}`},{' '}
        <b>{clause.words}</b>: it holds in the first and not in the second
        {found.index ? `; ${found.index === 1 ? 'the one above it does' : `the ${found.index} above it do`} not tell them apart` : ''}.
      </p>
      {clause.evidence.length > 0 ? (
        <div class="prefers-quotes">
          <Quotes ids={clause.evidence} />
        </div>
      ) : (
        <p class="small">The case names no source for this statement.</p>
      )}
    </>
  )
}
