/** The targets by kind, the best kind first; who must act for a lever; what its rows are called. */

import type { Lever, Named, Target } from './types'

const KINDS = ['open', 'sequencing-trap', 'enforcement-problem', 'double-bind', 'not-in-zone']

/** Return the targets in groups of one kind, the spoken-of target first in its own. */
export function byKind(targets: readonly Target[], witness: string | null): { kind: string; targets: Target[] }[] {
  const kinds = [...new Set([...KINDS, ...targets.map((one) => one.kind)])]
  return kinds
    .map((kind) => ({ kind, targets: targets.filter((one) => one.kind === kind).sort((a, b) => weight(b, witness) - weight(a, witness)) }))
    .filter((group) => group.targets.length > 0)
}

const weight = (target: Target, witness: string | null): number => (target.state === witness ? 2 : 0) + (target.efficient ? 1 : 0)

/** Return the ids of those who must do something for a lever to be pulled, each once. */
export function actors(lever: Lever): string[] {
  const named = lever.changes.flatMap((change) => [...(change.party ? [change.party] : []), ...(change.parties ?? [])])
  const steps = lever.changes.some((change) => change.lever === 'order' || change.lever === 'joint-move') ? (lever.movers ?? []) : []
  return [...new Set([...named, ...steps])]
}

/** Who must be found besides the parties: a guarantor is nobody of the model. */
export function outsiders(lever: Lever): string[] {
  const needed = lever.changes.flatMap((change) =>
    change.lever === 'guarantor' ? ['a guarantor'] : change.lever === 'contain' ? ['whoever can contain it'] : [],
  )
  return [...new Set(needed)]
}

const HEADS: Record<string, string> = {
  steps: 'The path it opens',
  holds: 'Holds',
  exposed: 'Exposed on the way',
  believe: 'Must still be believed',
  harms: 'Could break',
  harm: 'Could break',
  cures: 'Cures',
  against: 'Goes against',
  'new flags': 'Brings',
}

/** Rows that the server writes in one go, and where they part into lines. */
const PARTS: Record<string, RegExp> = { steps: /, then (?=\p{L}[^()]*\()/u, exposed: /; /, cures: /, / }

/** The rows of a card, those without a name joined to the row above. */
export function rowsOf(rows: readonly Named[]): { name: string; head: string; lines: string[] }[] {
  const found: { name: string; head: string; lines: string[] }[] = []
  for (const { name, words } of rows) {
    const last = found[found.length - 1]
    const lines = PARTS[name] ? words.split(PARTS[name]) : [words]
    if ((!name || name === last?.name) && last) last.lines.push(...lines)
    else found.push({ name, head: HEADS[name] ?? name, lines })
  }
  return found
}
