/** What stands behind an element: its quotations, on hover, on focus and on click (which keeps them open). */

import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { href } from '../lib/router'
import { current } from './current'
import type { Quotation } from './shapes'

const WIDEST = 416
const MARGIN = 8
/** Ids up to this length are shown; longer ones are no help to the eye. */
const SHORT = 10

interface CitedProps {
  /** Ids of the statements behind the element. */
  ids: readonly string[]
  /** What the element is, for screen readers: "full ceasefire". */
  of: string
}

type Shown = 'no' | 'peeked' | 'pinned'

export function Cited({ ids, of }: CitedProps) {
  const [shown, setShown] = useState<Shown>('no')
  const [at, setAt] = useState({ left: '0px', top: '0px' })
  const id = useId()
  const room = useRef<HTMLSpanElement>(null)
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    if (shown !== 'pinned') return
    const away = (event: Event) => {
      if (!room.current?.contains(event.target as Node)) setShown('no')
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [shown])
  useEffect(() => () => clearTimeout(leaving.current), [])
  if (ids.length === 0) return null
  const quotations = ids.map((one) => [one, current.value?.quotations[one] ?? null] as const)
  const open = (how: Shown) => {
    clearTimeout(leaving.current)
    const box = room.current?.getBoundingClientRect()
    if (box) setAt(placed(box))
    setShown((now) => (now === 'pinned' && how === 'peeked' ? now : how))
  }
  const close = (pinned: boolean) => {
    leaving.current = setTimeout(() => setShown((now) => (now === 'peeked' || pinned ? 'no' : now)), 120)
  }
  const short = (ids[0] ?? '').length <= SHORT
  const label = ids.length > 1 ? `${ids.length} sources` : short ? ids[0] : '1 source'
  const waits = quotations.some(([, found]) => found?.state === 'proposed')
  return (
    <span
      ref={room}
      class={`cited${waits ? ' open-question' : ''}`}
      onMouseEnter={() => open('peeked')}
      onMouseLeave={() => close(false)}
      onFocusIn={() => open('peeked')}
      onFocusOut={(event) => !room.current?.contains(event.relatedTarget as Node | null) && close(true)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || shown === 'no') return
        event.stopPropagation()
        setShown('no')
      }}
    >
      <button
        type="button"
        aria-expanded={shown !== 'no'}
        aria-controls={shown === 'no' ? undefined : id}
        aria-label={`${label}${label === ids[0] ? ', source' : ''} of ${of}${waits ? ', not reviewed yet' : ''}`}
        onClick={() => (shown === 'pinned' ? setShown('no') : open('pinned'))}
      >
        {label}
      </button>
      {shown !== 'no' && (
        <span class="cited-panel" id={id} style={at} role="group" aria-label={`Evidence for ${of}`}>
          <Quotes ids={ids} />
        </span>
      )}
    </span>
  )
}

function placed(box: DOMRect): { left: string; top: string } {
  const left = Math.max(MARGIN, Math.min(box.left, innerWidth - WIDEST - MARGIN))
  const below = innerHeight - box.bottom
  const room = Math.min(384, innerHeight * 0.6)
  const top = below > room || below > box.top ? box.bottom + 2 : Math.max(MARGIN, box.top - room - 2)
  return { left: `${left}px`, top: `${top}px` }
}

const STATES: Record<string, string> = {
  accepted: 'reviewed and accepted',
  edited: 'reviewed and corrected',
  rejected: 'rejected by a reviewer',
  proposed: 'not reviewed yet',
}

/** All quotations behind an element; sources whose text is not here are named in one line. */
export function Quotes({ ids }: { ids: readonly string[] }) {
  const found = ids.map((id) => [id, current.value?.quotations[id] ?? null] as const)
  const missing = found.filter(([, one]) => !one?.text).map(([id]) => id)
  return (
    <>
      {found.map(([id, one]) => one?.text && <Quoted key={id} id={id} found={one} />)}
      {missing.length > 0 && (
        <span class="cited-about">
          {missing.length === 1 ? 'Source' : 'Sources'} named in the case file, not in this workspace: {missing.join(', ')}
        </span>
      )}
    </>
  )
}

/** One quotation with what one needs to find it again. */
function Quoted({ id, found }: { id: string; found: Quotation }) {
  const where = [found.doc, found.date].filter(Boolean).join(', ')
  return (
    <span class="cited-one">
      <q class="cited-text">{found.text}</q>
      <span class="cited-about">
        {found.document ? <a href={href('evidence', String(found.document), { statement: id })}>{where || id}</a> : where || id}
        {found.state && (
          <>
            {' · '}
            <span class={found.state === 'proposed' || found.state === 'rejected' ? 'waits' : undefined}>
              {STATES[found.state] ?? found.state}
            </span>
          </>
        )}
      </span>
    </span>
  )
}
