/** The states of the case as rows, read once for each version of it and shared by the screens. */

import { signal } from '@preact/signals'
import { api, problemOf, type Problem } from '../lib/api'
import { statesOf, type StatesPage } from '../model/adapt'
import { named, type CaseDoc } from '../model/shapes'
import type { StateRow } from './rows'

interface Kept extends StatesPage {
  case: string
  version: number
  byCode: ReadonlyMap<string, StateRow>
}

/** More states than this are not listed; the table says so. */
const MOST_ROWS = 10_000

export const kept = signal<Kept | null>(null)
export const rowsProblem = signal<Problem | null>(null)

let asked = ''

export async function needRows({ id, version }: CaseDoc): Promise<void> {
  const key = `${id} ${version}`
  const known = kept.peek()
  if (asked === key || (known?.case === id && known.version === version)) return
  asked = key
  try {
    const page = statesOf(await api.get(`cases/${encodeURIComponent(id)}/states`, { limit: MOST_ROWS }))
    if (asked !== key) return
    kept.value = { ...page, case: id, version, byCode: new Map(page.rows.map((row) => [row.code, row])) }
    rowsProblem.value = null
  } catch (error) {
    if (asked === key) rowsProblem.value = problemOf(error)
  } finally {
    if (asked === key) asked = ''
  }
}

/** The rows of a case, perhaps of the version before while the new ones are on their way. */
export const rowsOfCase = (id: string): Kept | null => (kept.value?.case === id ? kept.value : null)

/** A state in words, its code behind; its code alone while its words are not known. */
export function wordsOf(id: string, code: string): string {
  const row = rowsOfCase(id)?.byCode.get(code)
  return row ? named(row.words, code) : code
}
