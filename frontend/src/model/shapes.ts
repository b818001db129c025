/** The shapes of the API that the screens of a case read. See docs/design/api.md. */

export interface Quotation {
  text: string | null
  doc: string | null
  date: string | null
  /** proposed, accepted, edited or rejected; null where the workspace does not know the id. */
  state: string | null
  /** The number of its document in this workspace. */
  document?: number | null
  speaker?: string | null
}

export type Moves = 'both' | 'forward' | 'back' | 'arcs'

export interface Level {
  id: string
  words: string
}

export interface Option {
  key: string
  id: string
  name: string
  levels: Level[]
  moves: Moves
  /** Every change of level that its owner can make alone. */
  arcs: [string, string][]
  /** The level of the status quo, by name. */
  level: string | null
  issue?: string | null
  evidence: string[]
  /** Which digit of a state's code is its own. */
  digit: number
}

export interface Clause {
  statement: string
  words: string
  evidence: string[]
}

export interface Weighted extends Clause {
  weight: number
}

export type Form = 'priorities' | 'ranking' | 'weights' | 'none'

export interface Preferences {
  form: Form
  clauses: Clause[]
  tiers: string[][]
  weights: Weighted[]
}

export interface Party {
  id: string
  name: string
  letter: string
  /** Its place in the list, which decides its colour. */
  colour: number
  outside: boolean
  constituent_of: string | null
  options: Option[]
  preferences: Preferences
  evidence: string[]
}

export interface Model {
  title: string
  about: string | null
  as_of: string | null
  form: 'option' | 'graph'
  status_quo: Rung | null
  states: number
  parties: Party[]
  infeasible: Clause[]
  labels: Record<string, string>
}

export interface CaseDoc {
  id: string
  name: string
  version: number
  scenario_of: string | null
  text: string
  model: Model | null
  quotations: Record<string, Quotation>
  can_undo: boolean
  can_redo: boolean
  unreviewed: boolean
  /** What every screen must say of this case, e.g. that it rests on unreviewed statements. */
  note: string | null
}

export interface Rung {
  code: string
  words: string
  statusQuo: boolean
  target: boolean
}

export interface Deciding {
  /** Number of the statement, 0 for the first; null where preferences are no priorities. */
  index: number | null
  statement: string | null
  words: string | null
  evidence: string[]
}

export interface Tier {
  /** Its place from the top, 0 for the best; places can be missing in long orders. */
  place: number
  states: Rung[]
  /** What puts this tier above the next. */
  above: Deciding | null
}

export interface Ladder {
  party: string
  form: string
  /** How many tiers there are in all. */
  total: number
  tiers: Tier[]
}

export interface Verdict {
  sentence: string
  kind: string | null
  witness: string | null
  deadlock: boolean | null
}

export interface Edited extends CaseDoc {
  said: string[]
  /** The orders of states that the change made anew. */
  ladders: Ladder[]
  verdict: Verdict | null
}

export type Edit = { kind: string } & Record<string, unknown>

export const CONCEPTS = ['nash', 'gmr', 'smr', 'seq', 'sseq', 'sim'] as const

/** Concept -> its short name and what it means, in a line. */
export const GLOSSES: Record<string, { short: string; gloss: string }> = {
  nash: { short: 'Nash', gloss: 'stays, because no move of its own is an improvement' },
  gmr: { short: 'GMR', gloss: 'stays, because others could hit back, even at their own cost' },
  smr: { short: 'SMR', gloss: 'stays, because others could hit back and it could not escape' },
  seq: { short: 'SEQ', gloss: 'stays, because others could hit back in their own interest' },
  sseq: { short: 'SSEQ', gloss: 'stays, because others could hit back in their own interest and it could not escape' },
  sim: { short: 'SIM', gloss: 'stays, because if others improve at the same time it gains nothing' },
}

/** Kind of deadlock -> what it means, in a line. */
export const KINDS: Record<string, string> = {
  'not-a-deadlock': 'the status quo would not last, or nobody at the table wants another state',
  'no-zone': 'every other state would leave somebody at the table worse off, or nobody better',
  open: 'it would hold, and steps lead there that nobody gains by breaking off',
  'sequencing-trap': 'it would hold once reached, but no stop-proof steps lead there',
  'enforcement-problem': 'stop-proof steps lead there, but it would not hold',
  'double-bind': 'no stop-proof steps lead there, and it would not hold',
  'not-in-zone': 'it would leave somebody at the table worse off, or nobody better',
}

/** An id as words: "enforcement problem". */
export const spaced = (id: string): string => id.replace(/[-_]/g, ' ')

/** A state in words, its code behind. */
export const named = (words: string, code: string): string => (words === code ? code : `${words} (${code})`)
