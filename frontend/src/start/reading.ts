/** Reading articles: one after the other, with progress, each of which can be cancelled. */

import { signal } from '@preact/signals'
import { api, problemOf, type Problem } from '../lib/api'
import { cancel, follow, resultOf } from '../lib/jobs'
import { announce } from '../lib/live'
import { loadDesk } from '../lib/store'
import type { Job } from '../lib/types'

export interface Reading {
  name: string
  job: Job<ReadResult> | null
  problem: Problem | null
  /** The document that came of it. */
  document: number | null
}

export interface ReadResult {
  document?: number | null
  documents?: { num?: number; document?: number }[]
}

export type Source = { file: File } | { name: string; text: string; date: string | null } | { shipped: string; title: string }

export const readings = signal<readonly Reading[]>([])

const nameOf = (source: Source): string =>
  'file' in source ? source.file.name : 'shipped' in source ? source.title : source.name

/** Start the job: a file goes as it is, its name is only a label. */
function begin(source: Source): Promise<Job<ReadResult>> {
  if ('file' in source) return api.post('documents/file', source.file, { name: source.file.name })
  if ('shipped' in source) return api.post('documents', { shipped: source.shipped })
  return api.post('documents', { name: source.name, text: source.text, ...(source.date && { date: source.date }) })
}

/** Read one article; the promise ends when it is read, refused or cancelled. */
export async function read(source: Source): Promise<void> {
  let reading: Reading = { name: nameOf(source), job: null, problem: null, document: null }
  const show = (change: Partial<Reading>) => {
    const next = { ...reading, ...change }
    readings.value = readings.peek().includes(reading)
      ? readings.peek().map((one) => (one === reading ? next : one))
      : [...readings.peek(), next]
    reading = next
  }
  show({})
  try {
    const begun = await begin(source)
    show({ job: begun })
    const ended = await follow<ReadResult>(begun.id, (job) => show({ job }))
    const result = resultOf(ended)
    show({ document: documentOf(result) })
    announce(ended.state === 'cancelled' ? `Not read: ${reading.name}` : `Read: ${reading.name}`)
  } catch (error) {
    show({ problem: problemOf(error) })
  }
  await loadDesk()
}

function documentOf(result: ReadResult | null): number | null {
  const [first] = result?.documents ?? []
  return result?.document ?? first?.num ?? first?.document ?? null
}

export function stop(reading: Reading): void {
  if (reading.job) void cancel(reading.job.id)
}

export function forget(reading: Reading): void {
  readings.value = readings.peek().filter((one) => one !== reading)
}
