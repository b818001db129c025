/** Long work on the server: follow it, show how far it is, cancel it. */

import { api, ApiError } from './api'
import type { Job } from './types'

const EVERY = 250

/** Ask after a job until it ends, telling `onStep` each time. Resolves with the last answer, whatever it is. */
export async function follow<T>(id: string, onStep: (job: Job<T>) => void): Promise<Job<T>> {
  for (;;) {
    const job = await api.get<Job<T>>(`jobs/${id}`)
    onStep(job)
    if (job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, EVERY))
  }
}

/** The result of a job that is done; its error, thrown, if it failed; null if it was cancelled. */
export function resultOf<T>(job: Job<T>): T | null {
  if (job.state === 'failed') throw new ApiError(500, job.error ?? { what: 'The work failed.' })
  return job.state === 'done' ? job.result : null
}

export const cancel = (id: string): Promise<unknown> => api.delete(`jobs/${id}`)
