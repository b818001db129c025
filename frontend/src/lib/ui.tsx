/** The small parts that every screen is made of. Styles: styles/parts.css. */

import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Problem } from './api'
import { said } from './live'

export { Table, type Column } from './table'
export { Gloss, Tooltip } from './tooltip'
export { PartyMark } from './party'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: 'plain' | 'main' | 'quiet' | 'danger'
  /** The key that does the same, shown beside the words. */
  keyName?: string
}

export function Button({ kind = 'plain', keyName, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} class={`button button-${kind}`} aria-keyshortcuts={keyName}>
      {children}
      {keyName && <Kbd>{keyName}</Kbd>}
    </button>
  )
}

interface FieldProps {
  label: string
  /** Under the field: what may be written in it. */
  hint?: ComponentChildren
  /** Under the field, when what is written breaks a rule. */
  error?: string | null
  /** Receives the attributes that tie the control to its label and hint. */
  children: (tied: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ComponentChildren
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const tied = {
    id,
    ...(described && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': true as const }),
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(tied)}
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  )
}

interface NoticeProps {
  kind?: 'note' | 'problem' | 'done'
  problem?: Problem | null
  /** Buttons that lead on from here. */
  actions?: ComponentChildren
  children?: ComponentChildren
}

/** A message that stays in the page. A problem says what, where, which rule, and what to do next. */
export function Notice({ kind, problem, actions, children }: NoticeProps) {
  const shown = kind ?? (problem ? 'problem' : 'note')
  const where = typeof problem?.where === 'string' ? problem.where : null
  return (
    <div class={`notice notice-${shown}`} role={shown === 'problem' ? 'alert' : 'status'}>
      {problem && (
        <>
          <p class="notice-what">{problem.what}</p>
          {where && <p class="small">in {where}</p>}
          {problem.rule && <p>{problem.rule}</p>}
          {problem.next && <p>{problem.next}</p>}
        </>
      )}
      {children}
      {actions && <div class="row">{actions}</div>}
    </div>
  )
}

interface ProgressProps {
  words: string
  done?: number
  total?: number | null
  onCancel?: () => void
}

export function Progress({ words, done = 0, total, onCancel }: ProgressProps) {
  const known = total ? { max: total, value: done } : {}
  return (
    <div class="progress">
      <span>{words}</span>
      <progress {...known} aria-label={words} />
      {total ? <span class="small figures">{`${done} of ${total}`}</span> : null}
      {onCancel && <Button kind="quiet" onClick={onCancel}>Cancel</Button>}
    </div>
  )
}

/** Nothing here: why, and what would change that. Never an empty list without a reason. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  )
}

export function Kbd({ children }: { children: ComponentChildren }) {
  return <kbd>{children}</kbd>
}

/** The one place from which screen readers hear announcements; see live.ts. */
export function LiveRegion() {
  return (
    <div class="unseen" role="status" aria-live="polite">
      {said.value}
    </div>
  )
}
