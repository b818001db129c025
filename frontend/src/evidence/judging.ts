/** What the keys and buttons of a statement do; shared, so that both do the same. */

import { announce } from '../lib/live'
import { nextWaiting, show } from './listing'
import { adding, decide, doc, letGo, merge, merging, picked, selected } from './work'

/** Judge the chosen statement and go on to the next that waits. */
async function judge(decision: 'accept' | 'reject'): Promise<void> {
  const row = selected.peek()
  if (!row) return
  const next = nextWaiting(row.id)
  if ((await decide(row, decision)) && next) show(next)
}

export const accept = (): void => void judge('accept')
export const reject = (): void => void judge('reject')

export function reopen(): void {
  const row = selected.peek()
  if (row) void decide(row, 'reopen')
}

/** First press: this one. Second press, at another statement: into that one. */
export function nudgeMerge(): void {
  const row = selected.peek()
  if (!row) return
  const from = merging.peek()
  if (from === row.id) merging.value = null
  else if (from) void merge(from, row.id)
  else {
    merging.value = row.id
    announce('Choose the statement that says the same, and press m there')
  }
}

/** Write a statement by hand: over the selected words, or else over the sentence of the chosen statement. */
export function startAdding(): void {
  const row = selected.peek()
  const sentence = row?.sentence ? { start: row.sentence[0], end: row.sentence[1] } : null
  const first = doc.peek()?.lines.find(({ label }) => label === 'body') ?? null
  adding.value = picked.peek() ?? sentence ?? first
}

/** Give the chosen statement the selected words as its span. */
export function respan(): void {
  const row = selected.peek()
  const span = picked.peek()
  if (!row || !span) {
    announce('Select words in the text first')
    return
  }
  void decide(row, 'edit', span).then((done) => done && letGo())
}
