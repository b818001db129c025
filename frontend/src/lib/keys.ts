/** Keys of a screen. They are silent while somebody types, and `?` lists them. */

import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

export interface Shortcut {
  /** As in KeyboardEvent.key: `j`, `/`, `Enter`, `ArrowDown`. */
  key: string
  words: string
  run: (event: KeyboardEvent) => void
}

/** The shortcuts of the screen that is shown, for the list of keys. */
export const shortcuts = signal<readonly Shortcut[]>([])

/** Whether the list of keys is open. */
export const keysShown = signal(false)

/** Whether an event comes from where letters are typed. */
export function typing(event: Event): boolean {
  const at = event.target
  return at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))
}

/** Listen to the keys of a screen while it is shown. */
export function useKeys(keys: readonly Shortcut[]): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    shortcuts.value = latest.current
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return
      const found = latest.current.find(({ key }) => key === event.key)
      if (!found) return
      event.preventDefault()
      found.run(event)
    }
    addEventListener('keydown', listen)
    return () => {
      removeEventListener('keydown', listen)
      shortcuts.value = []
    }
  }, [])
}
