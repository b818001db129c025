/** A gloss that comes on hover and on focus alike, and goes with Escape. */

import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'

const WIDEST = 320
const MARGIN = 8

interface TooltipProps {
  words: ComponentChildren
  children: ComponentChildren
  /** False if the child can take the focus itself: two stops for one thing are one too many. */
  focusable?: boolean
}

export function Tooltip({ words, children, focusable = true }: TooltipProps) {
  const id = useId()
  const anchor = useRef<HTMLSpanElement>(null)
  const [at, setAt] = useState<{ left: string; top: string } | null>(null)
  const show = () => {
    const box = anchor.current?.getBoundingClientRect()
    if (!box) return
    const left = Math.max(MARGIN, Math.min(box.left, innerWidth - WIDEST - MARGIN))
    setAt({ left: `${left}px`, top: `${box.bottom + 4}px` })
  }
  const hide = () => setAt(null)
  return (
    <span
      ref={anchor}
      class="tooltip-anchor"
      tabIndex={focusable ? 0 : undefined}
      aria-describedby={at ? id : undefined}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocusIn={show}
      onFocusOut={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {at && <span role="tooltip" id={id} class="tooltip" style={at}>{words}</span>}
    </span>
  )
}

/** A concept by name, with its one-line meaning: <Gloss meaning="stays, because …">SEQ</Gloss>. */
export function Gloss({ meaning, children }: { meaning: string; children: ComponentChildren }) {
  return (
    <Tooltip words={meaning}>
      <span class="gloss">{children}</span>
    </Tooltip>
  )
}
