/** Who is there and what each controls: parties, options, levels, what can be taken back, the status quo. */

import { useState } from 'preact/hooks'
import { Button, Field, PartyMark } from '../lib/ui'
import { Cited } from './Cited'
import { edit, refusal } from './current'
import { MOVE_WORDS, movesInWords, toggled } from './moves'
import { Editable, Refused, told } from './Place'
import type { Model, Option, Party } from './shapes'

export function Options({ model }: { model: Model }) {
  return (
    <div class="parties">
      {model.parties.map((party) => <PartyBlock key={party.id} party={party} model={model} />)}
      {model.form === 'graph' && (
        <p class="small">This case names its states and moves one by one; they are edited in the case file.</p>
      )}
      <AddParty />
    </div>
  )
}

function PartyBlock({ party, model }: { party: Party; model: Model }) {
  const at = `party.${party.id}`
  const change = (fields: Record<string, unknown>, words: string) => edit({ kind: 'party', id: party.id, ...fields }, at, words)
  const parent = model.parties.find((one) => one.id === party.constituent_of)
  return (
    <section class="party-block" aria-label={party.name}>
      <div class="party-head">
        <h2><PartyMark number={party.colour} letter={party.letter} /><span class="unseen">{party.name}</span></h2>
        <Editable label="name" value={party.name} place={at} onSave={(name) => change({ name }, `rename ${party.name} to ${name}`)} />
        <label class="check">
          <input
            type="checkbox"
            checked={!party.outside}
            onChange={(event) => {
              const inside = event.currentTarget.checked
              void change({ outside: !inside }, `${inside ? 'bring' : 'take'} ${party.name} ${inside ? 'to' : 'from'} the table`)
            }}
          />
          at the table
        </label>
        {parent && <span class="small">must be won over by {parent.name}</span>}
        <Cited ids={party.evidence} of={party.name} />
        <Button
          kind="quiet"
          aria-label={`Remove ${party.name}`}
          onClick={() => void edit({ kind: 'remove_party', id: party.id }, at, `remove ${party.name}`)}
        >
          Remove
        </Button>
      </div>
      <Refused place={at} />
      {party.options.length === 0 && <p class="small">Controls nothing: it can only be affected.</p>}
      <ul class="options">{party.options.map((option) => <OptionRow key={option.key} option={option} />)}</ul>
      {model.form === 'option' && <AddOption party={party} />}
    </section>
  )
}

function OptionRow({ option }: { option: Option }) {
  const at = `option.${option.key}`
  const [open, setOpen] = useState(false)
  const change = (fields: Record<string, unknown>, words: string) => edit({ kind: 'option', key: option.key, ...fields }, at, words)
  const rename = (text: string) => {
    const levels = text.split(/[,<]/).map((one) => one.trim().replace(/\s+/g, '_')).filter(Boolean)
    return change({ levels }, `change the levels of “${option.name}”`)
  }
  return (
    <li class="option">
      <div class="option-name">
        <Editable label="option" value={option.name} place={`${at}.name`} onSave={(name) => edit({ kind: 'option', key: option.key, name }, `${at}.name`, `rename “${option.name}”`)} />
        <code class="code">{option.id}</code> <Cited ids={option.evidence} of={option.name} />
      </div>
      <fieldset class="levels">
        <legend class="unseen">Level of {option.name} now</legend>
        {option.levels.map((level) => (
          <label key={level.id} class="level">
            <input
              type="radio"
              name={option.key}
              class="unseen"
              checked={option.level === level.id}
              onChange={() => void edit({ kind: 'status_quo', levels: { [option.key]: level.id } }, at, `set “${option.name}” to ${level.words} now`)}
            />
            <span>{option.level === level.id && <span aria-hidden="true">▸ </span>}{level.words}</span>
          </label>
        ))}
      </fieldset>
      <span class="option-moves">{movesInWords(option)}</span>
      <Button kind="quiet" aria-expanded={open} aria-label={`${open ? 'Close' : 'Change'} levels and moves of ${option.name}`} onClick={() => setOpen(!open)}>
        {open ? 'Close' : 'Change'}
      </Button>
      <Refused place={at} />
      {open && (
        <div class="option-more">
          <span class="label">Levels, lowest first</span>
          <Editable label="levels" value={option.levels.map((level) => level.id).join(', ')} place={at} onSave={rename} />
          <Arcs option={option} onChange={(moves, words) => void change({ moves }, words)} />
          <Button kind="danger" onClick={() => void edit({ kind: 'remove_option', key: option.key }, at, `remove “${option.name}”`)}>
            Remove this option
          </Button>
        </div>
      )}
    </li>
  )
}

/** Which changes of level its owner can make alone: one of the common rules, or each ticked. */
function Arcs({ option, onChange }: { option: Option; onChange: (moves: unknown, words: string) => void }) {
  const levels = option.levels.map((level) => level.id)
  const words = (id: string) => option.levels.find((level) => level.id === id)?.words ?? id
  return (
    <>
      <Field label="Its owner alone can">
        {(tied) => (
          <select
            {...tied}
            value={option.moves}
            onChange={(event) => {
              const moves = event.currentTarget.value
              if (moves !== 'arcs') onChange(moves, `change what “${option.name}” allows`)
            }}
          >
            {(Object.keys(MOVE_WORDS) as (keyof typeof MOVE_WORDS)[]).map((key) => <option key={key} value={key}>{MOVE_WORDS[key]}</option>)}
            <option value="arcs">only the changes ticked below</option>
          </select>
        )}
      </Field>
      <fieldset class="arcs">
        <legend class="label">Changes that it can make in one step</legend>
        {levels.flatMap((from) => levels.filter((to) => to !== from).map((to) => [from, to] as const)).map(([from, to]) => (
          <label class="check" key={`${from}>${to}`}>
            <input
              type="checkbox"
              checked={option.arcs.some((arc) => arc[0] === from && arc[1] === to)}
              onChange={() => onChange(toggled(option.arcs, from, to, levels), `change what “${option.name}” allows`)}
            />
            {words(from)} → {words(to)}
          </label>
        ))}
      </fieldset>
    </>
  )
}

/** An id out of a name: lower case, no blanks. */
const idOf = (name: string): string => name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '')

function AddOption({ party }: { party: Party }) {
  return (
    <Adding
      label={`Add something that ${party.name} controls`}
      place={`add.${party.id}`}
      onAdd={(name) => edit({ kind: 'add_option', party: party.id, id: idOf(name), name, levels: ['no', 'yes'] }, `add.${party.id}`, `add “${name}”`)}
    />
  )
}

function AddParty() {
  return <Adding label="Add a party" place="add.party" onAdd={(name) => edit({ kind: 'add_party', id: idOf(name), name }, 'add.party', `add ${name}`)} />
}

function Adding({ label, place, onAdd }: { label: string; place: string; onAdd: (name: string) => Promise<boolean> }) {
  const [name, setName] = useState('')
  const refused = refusal.value?.place === place ? refusal.value.problem : null
  return (
    <details class="adding">
      <summary>{label}</summary>
      <form
      class="adder"
      onSubmit={async (event) => {
        event.preventDefault()
        if (name.trim() && (await onAdd(name.trim()))) setName('')
      }}
    >
      <Field label="Its name" error={refused && told(refused)}>
        {(tied) => <input {...tied} type="text" value={name} onInput={(event) => setName(event.currentTarget.value)} />}
      </Field>
      <Button type="submit" disabled={!name.trim()}>Add</Button>
      </form>
    </details>
  )
}
