/** Which statements the list shows: filters over this document, or a search over all of them. */

import { computed, signal } from '@preact/signals'
import { api } from '../lib/api'
import { go } from '../lib/router'
import type { Statement } from '../lib/types'
import { doc, select, selectedId } from './work'

export interface Filters {
  state: 'all' | 'waiting' | 'accepted' | 'rejected'
  type: string
  party: string
}

export const NO_FILTERS: Filters = { state: 'all', type: '', party: '' }
export const filters = signal<Filters>(NO_FILTERS)

export interface Hits {
  search: string
  total: number
  statements: Statement[]
}

/** The answer to a search over all documents; null when nothing is searched. */
export const hits = signal<Hits | null>(null)

const MOST_HITS = 200

export async function search(words: string, stop: AbortSignal): Promise<void> {
  if (!words.trim()) {
    hits.value = null
    return
  }
  const found = await api.get<Omit<Hits, 'search'>>('statements', { search: words, limit: MOST_HITS }, stop)
  hits.value = { search: words, total: found.total, statements: found.statements }
}

const STATES: Record<Filters['state'], (row: Statement) => boolean> = {
  all: () => true,
  waiting: ({ state }) => state === 'proposed',
  accepted: ({ state }) => state === 'accepted' || state === 'edited',
  rejected: ({ state }) => state === 'rejected',
}

/** What the list shows, in the order of the text. */
export const listed = computed<readonly Statement[]>(() => {
  const { state, type, party } = filters.value
  const rows = hits.value?.statements ?? doc.value?.statements ?? []
  return rows.filter(
    (row) =>
      STATES[state](row) &&
      (!type || row.type === type) &&
      (!party || [...row.actors, ...row.targets, row.speaker].includes(party)),
  )
})

/** Show a statement of the list, in its document. */
export function show(row: Statement): void {
  if (row.document === undefined || row.document === doc.peek()?.num) select(row.id)
  else go('evidence', String(row.document), { statement: row.id })
}

/** Choose the next or the last statement of the list; without a choice, the first. */
export function move(steps: 1 | -1): void {
  const rows = listed.peek()
  const at = rows.findIndex(({ id }) => id === selectedId.peek())
  const next = at < 0 ? rows[0] : rows[Math.max(0, Math.min(at + steps, rows.length - 1))]
  if (next) show(next)
}

/** The statement of the list after this one that waits for a judgement. */
export function nextWaiting(from: string): Statement | null {
  const rows = listed.peek()
  const at = rows.findIndex(({ id }) => id === from)
  return rows.slice(at + 1).find(({ state }) => state === 'proposed') ?? null
}
