/** Small parts of the editor: a refusal shown where it was caused, a text that is edited in its place. */

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../lib/ui'
import type { Problem } from '../lib/api'
import { refusal } from './current'
import { capital } from './moved'

/** A problem in one paragraph: what is wrong, the rule, what to do. */
export function told({ what, rule, next }: Problem): string {
  return [what, rule, next].filter((part): part is string => Boolean(part)).map((part) => capital(part).replace(/[.?!]?$/, (end) => end || '.')).join(' ')
}

/** The server's refusal of the last change, if this place made it. */
export function Refused({ place, id }: { place: string; id?: string }) {
  const now = refusal.value
  if (now?.place !== place) return null
  const { where } = now.problem
  return (
    <p class="field-error" role="alert" id={id}>
      {typeof where === 'string' && /\d/.test(where) && <>Line {where}: </>}
      {told(now.problem)}
    </p>
  )
}

interface EntryProps {
  /** What is written here, for the label. */
  label: string
  value: string
  place: string
  /** Resolves to true if the server took it. */
  onSave: (value: string) => Promise<boolean>
  onDone: () => void
  mono?: boolean
}

/** An open field: Enter keeps, Escape leaves it as it was. */
export function Entry({ label, value, place, onSave, onDone, mono }: EntryProps) {
  const [text, setText] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const save = async () => {
    if (text === value) onDone()
    else if (await onSave(text)) onDone()
    else field.current?.focus()
  }
  const refused = refusal.value?.place === place
  return (
    <form
      class="entry"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <input
        ref={field}
        type="text"
        class={mono ? 'mono' : undefined}
        aria-label={label}
        aria-invalid={refused || undefined}
        aria-describedby={refused ? `${place}-refused` : undefined}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          if (refused) refusal.value = null
          onDone()
        }}
      />
      <Button type="submit">Keep</Button>
      <Button kind="quiet" onClick={onDone}>Leave</Button>
      <Refused place={place} id={`${place}-refused`} />
    </form>
  )
}

interface EditableProps {
  label: string
  value: string
  place: string
  onSave: (value: string) => Promise<boolean>
}

/** A text with a button that opens it for editing. */
export function Editable({ label, value, place, onSave }: EditableProps) {
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    requestAnimationFrame(() => opener.current?.focus())
  }
  if (open) return <Entry label={label} value={value} place={place} onSave={onSave} onDone={close} />
  return (
    <span class="editable">
      {value}{' '}
      <button type="button" ref={opener} class="icon" aria-label={`Edit ${label}: ${value}`} title="Edit" onClick={() => setOpen(true)}>✎</button>
    </span>
  )
}
