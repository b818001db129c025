/** Which places of a long ladder are shown: its ends, what is marked, and what was opened. */

import type { Clause, Deciding, Tier } from './shapes'

export type Piece = { tier: Tier } | { hidden: [from: number, to: number] }

const ALL_UP_TO = 24
const NEAR = 2

/** Return the tiers to show and the gaps between them; `total` counts tiers that the server left out too. */
export function pieces(tiers: readonly Tier[], total: number, marked: (tier: Tier) => boolean, opened: ReadonlySet<number>): Piece[] {
  const shown = new Set<number>()
  tiers.forEach((tier, k) => {
    if (tiers.length <= ALL_UP_TO || tier.place < 4 || tier.place >= total - 2 || opened.has(tier.place)) shown.add(k)
    if (tiers.length > ALL_UP_TO && marked(tier)) for (let n = k - NEAR; n <= k + NEAR; n++) shown.add(n)
  })
  const found: Piece[] = []
  let next = 0
  tiers.forEach((tier, k) => {
    if (!shown.has(k)) return
    if (tier.place > next) found.push({ hidden: [next, tier.place - 1] })
    found.push({ tier })
    next = tier.place + 1
  })
  if (next < total) found.push({ hidden: [next, total - 1] })
  return found
}

/**
 * Return what decides between two tiers: of the statements that decide between neighbours from one to
 * the other, the most important, because the order is lexicographic.
 */
export function decides(tiers: readonly Tier[], better: number, worse: number): Deciding | null {
  const between = tiers.filter((tier) => tier.place >= better && tier.place < worse)
  if (between.length !== worse - better) return null
  let found: Deciding | null = null
  for (const { above } of between) {
    if (above?.index == null) continue
    if (!found || above.index < (found.index ?? Infinity)) found = above
  }
  return found
}

/** Return the words of the statement at an index, or what the server said of it. */
export function clauseAt(clauses: readonly Clause[], deciding: Deciding): Clause {
  const own = deciding.index === null ? undefined : clauses[deciding.index]
  return own ?? { statement: deciding.statement ?? '', words: deciding.words ?? '', evidence: deciding.evidence }
}
