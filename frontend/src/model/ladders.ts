/** The orders of states, by party: what is shown beside the statements, and what moved past what. */

import { signal } from '@preact/signals'
import { api, problemOf, type Problem } from '../lib/api'
import { ladderOf } from './adapt'
import { shifts, shiftSentences } from './moved'
import { named, type CaseDoc, type Ladder } from './shapes'

interface Kept {
  case: string
  version: number
  ladder: Ladder
  /** What moved past what against the order shown before, in sentences. */
  moved: string[]
}

const kept = signal<Readonly<Record<string, Kept>>>({})
export const ladderProblem = signal<Problem | null>(null)

/** The order of a party as last known: of an earlier version while a new one is on its way. */
export function ladderFor(id: string, party: string): Kept | null {
  const found = kept.value[party]
  return found?.case === id ? found : null
}

/** The version of the case that is shown: undo goes back to an earlier number, so newer is not always later. */
let shown = ''

export function follow({ id, version }: Pick<CaseDoc, 'id' | 'version'>): void {
  shown = `${id} ${version}`
}

const asked = new Set<string>()

/** Read the order of a party, unless the one at hand is of this version of the case. */
export async function need({ id, version }: CaseDoc, party: string): Promise<void> {
  const known = kept.peek()[party]
  const key = `${id} ${version} ${party}`
  if ((known?.case === id && known.version === version) || asked.has(key)) return
  asked.add(key)
  try {
    const said = await api.get<{ case_version?: number; ladders: unknown[] }>(`cases/${encodeURIComponent(id)}/ladder`, { party })
    for (const one of said.ladders) putLadder({ id, version: said.case_version ?? version }, ladderOf(one))
    ladderProblem.value = null
  } catch (error) {
    ladderProblem.value = problemOf(error)
  } finally {
    asked.delete(key)
  }
}

/** Put in an order that the answer to an edit carried. */
export function putLadder({ id, version }: Pick<CaseDoc, 'id' | 'version'>, fresh: Ladder): void {
  const old = kept.peek()[fresh.party]
  if (`${id} ${version}` !== shown) return
  const moved = old?.case === id ? movedWords(old.ladder, fresh) : []
  kept.value = { ...kept.peek(), [fresh.party]: { case: id, version, ladder: fresh, moved } }
}

const codes = (ladder: Ladder): string[][] => ladder.tiers.map((tier) => tier.states.map((rung) => rung.code))

function movedWords(old: Ladder, fresh: Ladder): string[] {
  const names = new Map(
    fresh.tiers.flatMap((tier) => tier.states.map((rung) => [rung.code, named(rung.words, rung.code)] as const)),
  )
  return shiftSentences(shifts(codes(old), codes(fresh)), (code) => names.get(code) ?? code)
}
