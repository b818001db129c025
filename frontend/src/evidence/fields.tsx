/** The fields of a statement as a form in its card: to change one that was read, or to write a new one. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Statement } from '../lib/types'
import { Button, Field } from '../lib/ui'
import { nextWord, Offsets } from './offsets'
import { TYPES } from './words'
import { add, adding, decide, doc, editing, parties, type Fields } from './work'

const ATTRIBUTIONS = ['direct', 'indirect', 'author']
const MODALITIES = ['asserted', 'conditional', 'expected', 'hedged']

interface Draft {
  type: string
  actors: string
  targets: string
  speaker: string
  before: string
  after: string
  condition: string
  issue: string
  attribution: string
  modality: string
  quoted: boolean
  start: number
  end: number
}

function draftOf(row: Statement | null): Draft {
  const span = row ?? adding.peek() ?? { start: 0, end: 0 }
  return {
    type: row?.type ?? 'demand',
    actors: row?.actors.join('; ') ?? '',
    targets: row?.targets.join('; ') ?? '',
    speaker: row?.speaker ?? '',
    before: row?.before ?? '',
    after: row?.after ?? '',
    condition: row?.condition ?? '',
    issue: row?.issue ?? '',
    attribution: row?.attribution ?? 'indirect',
    modality: row?.modality ?? 'asserted',
    quoted: row?.quoted ?? false,
    start: span.start,
    end: span.end,
  }
}

const names = (text: string): string[] => text.split(';').map((name) => name.trim()).filter(Boolean)
const orNull = (text: string): string | null => text.trim() || null

/** Return a draft as fields of the API. */
function fieldsOf(draft: Draft): Fields {
  const { type, speaker, attribution, modality, quoted, start, end } = draft
  return {
    type,
    actors: names(draft.actors),
    targets: names(draft.targets),
    // Without a speaker, the first actor is meant.
    ...(speaker.trim() && { speaker: speaker.trim() }),
    before: orNull(draft.before),
    after: orNull(draft.after),
    condition: orNull(draft.condition),
    issue: orNull(draft.issue),
    ...{ attribution, modality, quoted, start, end },
  }
}

/** Only what differs from what was read is sent. */
function changedFields(draft: Draft, row: Statement): Fields {
  const before = fieldsOf(draftOf(row))
  const after = fieldsOf(draft)
  const keys = Object.keys(after) as (keyof Fields)[]
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  return Object.fromEntries(changed.map((key) => [key, after[key]]))
}

export function FieldsForm({ row }: { row: Statement | null }) {
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<Draft>(() => draftOf(row))
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }))
  const stop = () => {
    editing.value = null
    adding.value = null
  }
  useEffect(() => {
    const wanted = editing.peek()?.field ?? 'type'
    const control = form.current?.elements.namedItem(wanted)
    if (control instanceof HTMLElement) control.focus()
  }, [])
  const save = async () => {
    if (!row) {
      const { start, end, ...fields } = fieldsOf(draft)
      if (await add({ start: draft.start, end: draft.end }, fields)) stop()
      return
    }
    const fields = changedFields(draft, row)
    if (!Object.keys(fields).length || (await decide(row, 'edit', fields))) stop()
  }
  return (
    <form
      ref={form}
      class="fields"
      aria-label={row ? 'Edit the statement' : 'New statement'}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => event.key === 'Escape' && stop()}
    >
      {!row && <h2>New statement</h2>}
      <SpanPart draft={draft} set={set} />
      <Choice label="Type" name="type" options={Object.keys(TYPES)} draft={draft} set={set} />
      <Words label="Who" name="actors" draft={draft} set={set} list />
      <Words label="To whom" name="targets" draft={draft} set={set} list />
      <Words label="Said by" name="speaker" draft={draft} set={set} list />
      <Words label="First" name="before" draft={draft} set={set} />
      <Words label="Then" name="after" draft={draft} set={set} />
      <Words label="If" name="condition" draft={draft} set={set} />
      <Words label="Issue" name="issue" draft={draft} set={set} />
      <Choice label="Attribution" name="attribution" options={ATTRIBUTIONS} draft={draft} set={set} />
      <Choice label="Certainty" name="modality" options={MODALITIES} draft={draft} set={set} />
      <label class="check">
        <input type="checkbox" name="quoted" checked={draft.quoted} onChange={(e) => set({ quoted: e.currentTarget.checked })} />
        In quotation marks
      </label>
      <datalist id="party-names">{parties.value.names.map((name) => <option key={name} value={name} />)}</datalist>
      <div class="row fields-end">
        <Button kind="main" type="submit" keyName="Enter">Save</Button>
        <Button kind="quiet" keyName="Escape" onClick={stop}>Cancel</Button>
      </div>
    </form>
  )
}

interface PartProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
}

type TextKey = 'actors' | 'targets' | 'speaker' | 'before' | 'after' | 'condition' | 'issue'

function Words({ label, name, draft, set, list }: PartProps & { label: string; name: TextKey; list?: boolean }) {
  return (
    <Field label={label}>
      {(tied) => (
        <input
          {...tied}
          type="text"
          name={name}
          autocomplete="off"
          placeholder={list && name !== 'speaker' ? 'A; B' : undefined}
          list={list ? 'party-names' : undefined}
          value={draft[name]}
          onInput={(event) => set({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  )
}

type ChoiceKey = 'type' | 'attribution' | 'modality'

function Choice({ label, name, options, draft, set }: PartProps & { label: string; name: ChoiceKey; options: readonly string[] }) {
  return (
    <Field label={label}>
      {(tied) => (
        <select {...tied} name={name} value={draft[name]} onChange={(event) => set({ [name]: event.currentTarget.value })}>
          {options.map((option) => <option key={option} value={option}>{option}</option>)}
        </select>
      )}
    </Field>
  )
}

const NUDGES = [
  { words: 'Start one word earlier', sign: '⇤', edge: 'start', way: -1 },
  { words: 'Start one word later', sign: '⇥', edge: 'start', way: 1 },
  { words: 'End one word earlier', sign: '⇤', edge: 'end', way: -1 },
  { words: 'End one word later', sign: '⇥', edge: 'end', way: 1 },
] as const

/** The words that are meant; their ends move word by word, for those who cannot select with a mouse. */
function SpanPart({ draft, set }: PartProps) {
  const text = doc.value?.text ?? ''
  const offsets = useMemo(() => new Offsets(text), [text])
  const nudge = (edge: 'start' | 'end', way: 1 | -1) => {
    const moved = { ...draft, [edge]: nextWord(offsets, draft[edge], way, edge) }
    if (moved.start < moved.end) set({ [edge]: moved[edge] })
  }
  return (
    <div class="span-part" role="group" aria-label="The words that are meant">
      <blockquote class="quote card-quote" aria-live="polite">“{offsets.slice(draft.start, draft.end)}”</blockquote>
      <div class="row">
        {NUDGES.map(({ words, sign, edge, way }) => (
          <Button key={words} kind="quiet" aria-label={words} onClick={() => nudge(edge, way)}>
            <span aria-hidden="true">{`${edge} ${sign}`}</span>
          </Button>
        ))}
      </div>
    </div>
  )
}
