/** Let things that changed place glide there, unless the reader prefers less motion. */

import { useLayoutEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'

const DURATION = 420

/** Elements with `data-flip` inside `room` glide from where they stood before `changed` changed. */
export function useFlip(room: RefObject<HTMLElement | null>, changed: unknown): void {
  const before = useRef(new Map<string, number>())
  const last = useRef(changed)
  useLayoutEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const now = new Map<string, number>()
    for (const item of room.current?.querySelectorAll<HTMLElement>('[data-flip]') ?? []) {
      const key = item.dataset.flip ?? ''
      const top = item.offsetTop
      now.set(key, top)
      const old = before.current.get(key)
      if (calm || last.current === changed || old === undefined || old === top) continue
      item.animate([{ transform: `translateY(${old - top}px)` }, { transform: 'none' }], { duration: DURATION, easing: 'ease-in-out' })
    }
    before.current = now
    last.current = changed
  })
}
