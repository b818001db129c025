/** The scenarios of a case: made from a lever, named, compared, discarded. */

import { signal } from '@preact/signals'
import { api, problemOf, type Problem } from '../lib/api'
import { announce } from '../lib/live'
import { loadDesk, remember } from '../lib/store'
import type { CaseItem } from '../lib/types'
import type { Comparison, Diagnosis } from './types'

export interface Scenario {
  item: CaseItem
  diagnosis: Diagnosis | null
  /** What is different from the case it comes from. */
  compared: Comparison | null
}

export const scenarios = signal<{ of: string; base: Diagnosis | null; list: Scenario[] } | null>(null)
export const scenarioProblem = signal<Problem | null>(null)

const at = (id: string): string => `cases/${encodeURIComponent(id)}`

export async function loadScenarios(of: string): Promise<void> {
  try {
    const { cases } = await api.get<{ cases: CaseItem[] }>('cases')
    const own = cases.filter((one) => one.scenario_of === of)
    const [base, ...rest] = await Promise.all([diagnosisOf(of), ...own.map((one) => diagnosisOf(one.id))])
    const compared = await Promise.all(own.map((one) => comparisonOf(of, one.id)))
    scenarios.value = {
      of,
      base: base ?? null,
      list: own.map((item, k) => ({ item, diagnosis: rest[k] ?? null, compared: compared[k] ?? null })),
    }
    scenarioProblem.value = null
  } catch (error) {
    scenarioProblem.value = problemOf(error)
  }
}

/** A scenario can be one that cannot be diagnosed; it is listed all the same. */
async function diagnosisOf(id: string): Promise<Diagnosis | null> {
  return api.get<Diagnosis>(`${at(id)}/diagnosis`).catch(() => null)
}

async function comparisonOf(a: string, b: string): Promise<Comparison | null> {
  return api.get<Comparison>('compare', { a, b }).catch(() => null)
}

async function attempt(work: () => Promise<unknown>, of: string, said: string): Promise<boolean> {
  try {
    await work()
    await loadScenarios(of)
    void loadDesk()
    announce(said)
    return true
  } catch (error) {
    scenarioProblem.value = problemOf(error)
    return false
  }
}

/** Make a scenario of a lever that a search has found. */
export const tryLever = (of: string, unlock: string, number: number, name: string): Promise<boolean> =>
  attempt(() => api.post(`${at(of)}/scenarios`, { unlock, number, name }), of, `Scenario made: ${name}`)

export const rename = (of: string, id: string, name: string): Promise<boolean> =>
  attempt(() => api.patch(at(id), { name }), of, `Renamed to ${name}`)

export const discard = (of: string, { id, name }: CaseItem): Promise<boolean> =>
  attempt(
    async () => {
      const kept = await api.get<{ text: string }>(at(id))
      await api.delete(at(id))
      remember(`discarded ${name}`, async () => {
        await api.post(`${at(of)}/scenarios`, { edit: { kind: 'text', text: kept.text }, name })
        await loadScenarios(of)
      })
    },
    of,
    `Discarded ${name}. Ctrl+Z brings it back.`,
  )

/** Keep a scenario as a case of its own. */
export const keep = (of: string, { id, name }: CaseItem): Promise<boolean> =>
  attempt(
    async () => {
      const { text } = await api.get<{ text: string }>(at(id))
      await api.post('cases', { name, text })
    },
    of,
    `Kept ${name} as a case of its own`,
  )
