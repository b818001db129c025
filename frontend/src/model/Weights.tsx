/** Preferences as weights: each statement counts for what it is worth, the sums order the states. */

import { useState } from 'preact/hooks'
import { Button, Field } from '../lib/ui'
import { Cited } from './Cited'
import { Tool } from './Clauses'
import { edit, refusal } from './current'
import { Refused, told } from './Place'
import type { Party, Weighted } from './shapes'

export function Weights({ party }: { party: Party }) {
  const weights = party.preferences.weights
  const save = (changed: Weighted[], place: string, words: string) => {
    const rows = changed.map(({ statement, weight }) => ({ statement, weight }))
    return edit({ kind: 'weights', party: party.id, weights: rows }, `${party.id}.${place}`, words)
  }
  return (
    <div class="clauses-room">
      <p class="small">Each statement that holds adds its weight; states are ordered by the sum.</p>
      <ul class="clauses">
        {weights.map((one, k) => (
          <li class="clause" key={`${one.statement}#${k}`}>
            <Amount
              one={one}
              label={`Weight of ${one.words}`}
              onSave={(weight) => save(weights.map((w, n) => (n === k ? { ...w, weight } : w)), String(k), `give “${one.words}” the weight ${weight}`)}
            />
            <div class="clause-body">
              <span class="clause-words">{one.words}</span>
              {one.words !== one.statement && <code class="code">{one.statement}</code>}
              <Cited ids={one.evidence} of={one.words} />
              <Refused place={`${party.id}.${k}`} />
            </div>
            <div class="clause-tools">
              <Tool
                words={`Drop: ${one.words}`}
                mark="✕"
                off={weights.length < 2}
                run={() => void save(weights.filter((_, n) => n !== k), String(k), `drop “${one.words}”`)}
              />
            </div>
          </li>
        ))}
      </ul>
      <AddWeight party={party} onAdd={(one) => save([...weights, one], 'add', `add “${one.statement}”`)} />
    </div>
  )
}

/** A number that is kept by Enter or by leaving it; the arrow keys step it. */
function Amount({ one, label, onSave }: { one: Weighted; label: string; onSave: (weight: number) => Promise<boolean> }) {
  return (
    <input
      type="number"
      class="weight"
      step="any"
      aria-label={label}
      value={one.weight}
      onChange={async (event) => {
        const field = event.currentTarget
        const weight = field.valueAsNumber
        if (Number.isNaN(weight) || weight === one.weight || !(await onSave(weight))) field.value = String(one.weight)
      }}
    />
  )
}

function AddWeight({ party, onAdd }: { party: Party; onAdd: (one: Weighted) => Promise<boolean> }) {
  const [statement, setStatement] = useState('')
  const [weight, setWeight] = useState('1')
  const place = `${party.id}.add`
  const refused = refusal.value?.place === place ? refusal.value.problem : null
  const add = async () => {
    const value = Number(weight)
    if (!statement.trim() || Number.isNaN(value)) return
    if (await onAdd({ statement: statement.trim(), words: statement.trim(), weight: value, evidence: [] })) setStatement('')
  }
  return (
    <form
      class="adder"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Field
        label={`Add a statement of ${party.name}`}
        error={refused && told(refused)}
      >
        {(tied) => <input {...tied} type="text" class="mono" value={statement} onInput={(event) => setStatement(event.currentTarget.value)} />}
      </Field>
      <Field label="Weight">
        {(tied) => <input {...tied} type="number" step="any" class="weight" value={weight} onInput={(event) => setWeight(event.currentTarget.value)} />}
      </Field>
      <Button type="submit" disabled={!statement.trim()}>Add</Button>
    </form>
  )
}
