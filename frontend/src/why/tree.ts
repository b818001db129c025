/** An explanation as a small tree: an improvement, the answer of the others, the way out of the answer. */

export interface Step {
  party: string
  start: string
  end: string
  improves: boolean
}

export interface Answer {
  sanction: string
  steps: Step[]
  counter_moves: string[]
  escape: string | null
}

export interface Improvement {
  to: string
  deterred: boolean
  answer: Answer | null
  dismissed: Answer | null
  dismissed_because: string | null
}

export interface Explanation {
  concept: string
  party: string
  stable: boolean
  improvements: Improvement[]
  other_moves: string[]
}

export interface Branch {
  /** What this branch is: a move of the party, an answer of another, a move back out. */
  role: 'move' | 'answer' | 'escape' | 'stuck' | 'none'
  mover: string | null
  /** Where it leads; empty for a branch that only says something. */
  to: string
  from: string
  improves: boolean | null
  /** Said after the state: why it counts or does not. */
  note: string
  children: Branch[]
}

/** Concepts under which the party looks one move further: whether it could escape the answer. */
const ESCAPES = new Set(['smr', 'sseq'])

/** Return the branch of one improvement under a concept. */
export function branchOf(improvement: Improvement, own: Explanation, state: string): Branch {
  const { answer, dismissed, dismissed_because, deterred } = improvement
  const shown = answer ?? dismissed
  const children = shown ? [answerBranch(shown, own, state, dismissedNote(dismissed_because), answer === null)] : [nothing(own.concept)]
  const note = deterred ? 'better for it, but it would stay: the others can undo the gain' : 'better for it, and it would go'
  return { role: 'move', mover: own.party, from: state, to: improvement.to, improves: true, note, children }
}

function nothing(concept: string): Branch {
  const note =
    concept === 'nash' ? 'Under Nash nobody looks further: any improvement is reason enough'
    : concept === 'sim' ? 'No improvement of the others at the same time undoes the gain'
    : 'Nobody can answer so that it would regret the move'
  return { role: 'none', mover: null, from: '', to: '', improves: null, note, children: [] }
}

function dismissedNote(because: string | null): string | null {
  if (because === 'not-credible') return 'but that step is no gain to whoever takes it, so it is not credible'
  if (because === 'escaped') return 'but it could move on from there and be better off after all'
  return because
}

/** The steps of an answer hang under one another; the last one is the sanction. */
function answerBranch(answer: Answer, own: Explanation, state: string, dismissal: string | null, dismissed: boolean): Branch {
  const { concept } = own
  const end = dismissed ? `would be no better than staying, ${dismissal ?? 'but that does not count'}` : 'no better for it than staying'
  let below: Branch[] = ways(answer, own, state, concept)
  for (let k = answer.steps.length - 1; k >= 0; k--) {
    const step = answer.steps[k]
    if (!step) continue
    const last = k === answer.steps.length - 1
    const gain = step.improves ? '' : 'at no gain to itself'
    below = [{
      role: 'answer', mover: step.party, from: step.start, to: step.end, improves: step.improves,
      note: [gain, last ? end : ''].filter(Boolean).join('; '), children: below,
    }]
  }
  return below[0] ?? nothing(concept)
}

function ways(answer: Answer, own: Explanation, state: string, concept: string): Branch[] {
  if (answer.escape) {
    return [{
      role: 'escape', mover: own.party, from: answer.sanction, to: answer.escape, improves: true,
      note: 'better than staying: a way out', children: [],
    }]
  }
  if (!ESCAPES.has(concept)) return []
  const count = answer.counter_moves.length
  const note =
    count === 0 ? 'From there it has no move left' : count === 1 ? 'From there its only move leads to nothing better than staying' : `From there none of its ${count} moves leads to anything better than staying`
  return [{ role: 'stuck', mover: own.party, from: state, to: '', improves: null, note, children: [] }]
}

/** How many states a tree names, to say how much is folded away. */
export function size(branch: Branch): number {
  return 1 + branch.children.reduce((sum, child) => sum + size(child), 0)
}
