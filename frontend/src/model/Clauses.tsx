/** The statements of a party, the most important first: dragged, moved by keys, added, edited, dropped. */

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button, Field, Kbd } from '../lib/ui'
import { Cited } from './Cited'
import { edit, refusal } from './current'
import { Entry, Refused, told } from './Place'
import { dropPlace } from './reorder'
import type { Clause, Model, Party } from './shapes'

type Control = 'handle' | 'up' | 'down'

interface ClausesProps {
  party: Party
  model: Model
}

export function Clauses({ party, model }: ClausesProps) {
  const clauses = party.preferences.clauses
  const list = useRef<HTMLOListElement>(null)
  const refocus = useRef<{ row: number; control: Control } | null>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  useLayoutEffect(() => {
    if (refocus.current === null) return
    const { row, control } = refocus.current
    const item = list.current?.children[row]
    const wanted = item?.querySelector<HTMLButtonElement>(`[data-control="${control}"]`)
    ;(wanted?.disabled ? item?.querySelector<HTMLElement>('.clause-handle') : wanted)?.focus()
    refocus.current = null
  }, [clauses])
  const move = async (from: number, to: number, control: Control = 'handle') => {
    if (to < 0 || to >= clauses.length || from === to) return
    const clause = clauses[from]
    refocus.current = { row: to, control }
    const words = `move “${clause?.words ?? ''}” to place ${to + 1}`
    if (!(await edit({ kind: 'move_clause', party: party.id, from, to }, `${party.id}.${from}`, words))) refocus.current = null
  }
  const drop = async (k: number) => {
    refocus.current = { row: Math.min(k, clauses.length - 2), control: 'handle' }
    const change = { kind: 'drop_clause', party: party.id, index: k }
    if (!(await edit(change, `${party.id}.${k}`, `drop “${clauses[k]?.words ?? ''}”`))) refocus.current = null
  }
  const grab = (event: PointerEvent, from: number) => {
    if (event.button !== 0) return
    const handle = event.currentTarget as HTMLElement
    const boxes = [...(list.current?.children ?? [])].map((item) => item.getBoundingClientRect())
    const start = event.clientY
    let to = from
    const follow = (at: PointerEvent) => {
      if (Math.abs(at.clientY - start) < 5 && to === from) return
      to = dropPlace(boxes, from, at.clientY)
      setDrag({ from, to })
    }
    const drop = (at: PointerEvent) => {
      handle.removeEventListener('pointermove', follow)
      handle.removeEventListener('pointerup', drop)
      handle.removeEventListener('pointercancel', drop)
      setDrag(null)
      if (at.type === 'pointerup') void move(from, to)
    }
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener('pointermove', follow)
    handle.addEventListener('pointerup', drop)
    handle.addEventListener('pointercancel', drop)
  }
  return (
    <div class="clauses-room">
      <p class="small" id="clauses-help">
        The most important first; a later one only decides where all above it leave two states level. Drag, or
        press <Kbd>Alt ↑</Kbd> <Kbd>Alt ↓</Kbd>.
      </p>
      <ol class="clauses" ref={list} aria-describedby="clauses-help">
        {clauses.map((clause, k) => (
          <Row
            key={keyOf(clauses, k)}
            clause={clause}
            place={k}
            last={k === clauses.length - 1}
            party={party}
            mark={drag ? markOf(drag, k) : ''}
            onMove={(to, control) => void move(k, to, control)}
            onDrop={() => void drop(k)}
            onGrab={(event) => grab(event, k)}
          />
        ))}
      </ol>
      <Adder party={party} model={model} />
    </div>
  )
}

/** Equal statements are told apart by their number, so that a row keeps its element while it moves. */
function keyOf(clauses: readonly Clause[], k: number): string {
  const own = clauses[k]?.statement ?? ''
  return `${own}#${clauses.slice(0, k).filter((one) => one.statement === own).length}`
}

function markOf({ from, to }: { from: number; to: number }, k: number): string {
  if (k === from) return ' dragged'
  const place = k < from ? k : k - 1
  if (place === to && to !== from) return ' drop-before'
  return place === to - 1 && to !== from ? ' drop-after' : ''
}

interface RowProps {
  clause: Clause
  place: number
  last: boolean
  party: Party
  mark: string
  onMove: (to: number, control?: Control) => void
  onDrop: () => void
  onGrab: (event: PointerEvent) => void
}

function Row({ clause, place, last, party, mark, onMove, onDrop, onGrab }: RowProps) {
  const [open, setOpen] = useState(false)
  const at = `${party.id}.${place}`
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(place + (event.key === 'ArrowUp' ? -1 : 1))
  }
  const save = (statement: string) => {
    const all = party.preferences.clauses.map((one, k) => ({
      statement: k === place ? statement : one.statement,
      evidence: one.evidence,
    }))
    return edit({ kind: 'priorities', party: party.id, clauses: all }, at, `change “${clause.words}” to “${statement}”`)
  }
  return (
    <li class={`clause${mark}`} onKeyDown={keys}>
      <button
        type="button"
        class="clause-handle"
        data-control="handle"
        aria-label={`Statement ${place + 1}: ${clause.words}. Move with Alt and the arrow keys.`}
        onPointerDown={onGrab}
      >
        <span aria-hidden="true">⠿</span>
        <span class="clause-number">{place + 1}</span>
      </button>
      <div class="clause-body">
        {open ? (
          <Entry label={`Statement ${place + 1}`} value={clause.statement} place={at} mono onSave={save} onDone={() => setOpen(false)} />
        ) : (
          <>
            <span class="clause-words">{clause.words}</span>
            {clause.words !== clause.statement && <code class="code">{clause.statement}</code>}
            <Cited ids={clause.evidence} of={clause.words} />
            <Refused place={at} />
          </>
        )}
      </div>
      {!open && (
        <div class="clause-tools">
          <Tool words={`Move up: ${clause.words}`} mark="↑" off={place === 0} run={() => onMove(place - 1, 'up')} control="up" />
          <Tool words={`Move down: ${clause.words}`} mark="↓" off={last} run={() => onMove(place + 1, 'down')} control="down" />
          <Tool words={`Edit: ${clause.words}`} mark="✎" run={() => setOpen(true)} />
          <Tool words={`Drop: ${clause.words}`} mark="✕" run={onDrop} />
        </div>
      )}
    </li>
  )
}

interface ToolProps {
  words: string
  mark: string
  off?: boolean
  /** What a row calls it, to give it the focus back after a move. */
  control?: Control
  run: () => void
}

/** A small button with a sign; its words are spoken and shown on hover. */
export function Tool({ words, mark, off, control, run }: ToolProps) {
  return (
    <button type="button" class="icon" data-control={control} aria-label={words} title={words.replace(/:.*/, '')} disabled={off} onClick={run}>
      <span aria-hidden="true">{mark}</span>
    </button>
  )
}

function Adder({ party, model }: ClausesProps) {
  const [text, setText] = useState('')
  const at = `${party.id}.add`
  const index = party.preferences.clauses.length
  const add = async () => {
    if (!text.trim()) return
    const change = { kind: 'add_clause', party: party.id, index, statement: text.trim() }
    if (await edit(change, at, `add “${text.trim()}”`)) setText('')
  }
  const refused = refusal.value?.place === at ? refusal.value.problem : null
  const names = model.parties.flatMap((one) => one.options)
  return (
    <form
      class="adder"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Field
        label={`Add a statement of ${party.name}, as the last`}
        hint={<Language names={names.map((one) => `${one.id} (${one.levels.map((level) => level.id).join(', ')})`)} />}
        error={refused && told(refused)}
      >
        {(tied) => (
          <input {...tied} type="text" class="mono" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        )}
      </Field>
      <Button type="submit" disabled={!text.trim()}>Add</Button>
    </form>
  )
}

function Language({ names }: { names: string[] }) {
  return (
    <details>
      <summary>What can be written</summary>
      <code>ceasefire = full</code>, <code>withdrawal &lt; full</code>, <code>not A if B</code>, <code>A and B</code>,{' '}
      <code>A or B</code>, <code>A iff B</code>. An option alone means that it is not at its first level. Options here:{' '}
      {names.join('; ')}.
    </details>
  )
}
