/** The search for levers: one at a time, followed and cancelled; what was found is kept while the case stays. */

import { signal } from '@preact/signals'
import { api, problemOf, type Problem } from '../lib/api'
import { cancel, follow, resultOf } from '../lib/jobs'
import { announce } from '../lib/live'
import type { Job } from '../lib/types'
import type { CaseDoc } from '../model/shapes'
import type { Unlocking } from './types'

export interface Search {
  /** Case, version and target. */
  key: string
  job: Job<Unlocking> | null
  problem: Problem | null
  /** Cancelled, but not ended yet. */
  stopping: boolean
}

export const searches = signal<Readonly<Record<string, Search>>>({})

export const keyOf = (doc: CaseDoc, to: string | null): string => `${doc.id} ${doc.version} ${to ?? ''}`

function put(key: string, change: Partial<Search>): void {
  const old = searches.peek()[key] ?? { key, job: null, problem: null, stopping: false }
  searches.value = { ...searches.peek(), [key]: { ...old, ...change } }
}

/** The searches that still run: one at a time is enough, and none for a page that is gone. */
const running = (): Search[] => Object.values(searches.peek()).filter((one) => one.job?.state === 'running')

if (typeof addEventListener !== 'undefined') {
  addEventListener('pagehide', () => {
    for (const { job } of running()) void fetch(`/api/jobs/${job?.id}`, { method: 'DELETE', keepalive: true })
  })
}

/** Search for what would open a target; `size` asks for sets of so many changes at once. */
export async function search(doc: CaseDoc, to: string | null, size: number | null = null): Promise<void> {
  const key = keyOf(doc, to)
  if (searches.peek()[key]?.job?.state === 'running') return
  for (const other of running()) void stop(other.key).catch(() => undefined)
  put(key, { job: null, problem: null, stopping: false })
  try {
    const asked = { ...(to !== null && { to }), ...(size !== null && { size }) }
    const begun = await api.post<Job<Unlocking>>(`cases/${encodeURIComponent(doc.id)}/unlock`, asked)
    put(key, { job: begun })
    const ended = await follow<Unlocking>(begun.id, (job) => put(key, { job }))
    resultOf(ended)
    announce(ended.state === 'done' ? (ended.result?.sentence ?? 'The search is done') : 'The search was cancelled')
  } catch (error) {
    put(key, { problem: problemOf(error) })
  }
}

export async function stop(key: string): Promise<void> {
  const job = searches.peek()[key]?.job
  if (job?.state !== 'running') return
  put(key, { stopping: true })
  await cancel(job.id)
}
