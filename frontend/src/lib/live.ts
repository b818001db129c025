/** What a screen reader is told when something changed without the focus moving. */

import { signal } from '@preact/signals'

export const said = signal('')

let clearing: ReturnType<typeof setTimeout> | undefined

/** Say something politely. The same words twice are said twice, because the region is emptied between. */
export function announce(words: string): void {
  said.value = ''
  clearTimeout(clearing)
  queueMicrotask(() => (said.value = words))
  clearing = setTimeout(() => (said.value = ''), 8000)
}
