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
    const items = [...(room.current?.querySelectorAll<HTMLElement>('[data-flip]') ?? [])]
    // All places are read before anything moves: reading in between would lay the page out again each time.
    const now = new Map(items.map((item) => [item.dataset.flip ?? '', item.offsetTop]))
    for (const item of calm || last.current === changed ? [] : items) {
      const key = item.dataset.flip ?? ''
      const [old, top] = [before.current.get(key), now.get(key)]
      if (old === undefined || top === undefined || old === top) continue
      item.animate([{ transform: `translateY(${old - top}px)` }, { transform: 'none' }], { duration: DURATION, easing: 'ease-in-out' })
    }
    before.current = now
    last.current = changed
  })
}
