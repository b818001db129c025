/** Shapes of the API that more than one screen uses. */

export type ReviewState = 'proposed' | 'accepted' | 'edited' | 'rejected'
export type Span = readonly [start: number, end: number]

/** A statement as in `detente statements --json`; offsets are Unicode code points. */
export interface Statement {
  id: string
  doc: string
  document?: number
  start: number
  end: number
  type: string
  speaker: string
  actors: string[]
  targets: string[]
  before: string | null
  after: string | null
  attribution: string
  quoted: boolean
  repeat_of: string | null
  text: string
  nested_in: string | null
  modality: string
  condition: string | null
  issue: string | null
  confidence: number | null
  sentence: Span | null
  date: string
  state: ReviewState
  edited: string[]
  found: boolean
  /** Number of the last review; 0 if there is none. */
  review: number
  /** Of the fields that reviews have changed, what the reader had proposed. */
  proposal: Record<string, unknown>
  /** Where a search matched, between \u0002 and \u0003. */
  snippet: string | null
  /** Who judged last, when and why. */
  judged?: { by: string; at: string; why: string | null } | null
}

export interface Job<T = unknown> {
  id: string
  kind: string
  state: 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number | null
  words: string | null
  result: T | null
  error: { what: string; where?: string | null; rule?: string | null; next?: string | null } | null
}

export interface CaseItem {
  id: string
  name: string
  scenario_of: string | null
  origin: string
  at: string
}

export interface Shipped {
  id: string
  title: string
}

export interface Desk {
  version: string
  workspace: { name: string; by: string }
  documents: number
  statements: Record<ReviewState | 'total', number>
  cases: CaseItem[]
  shipped: { cases: Shipped[]; articles: Shipped[] }
  /** Step -> how much waits there. */
  waits: Partial<Record<string, number>>
  /** Work that is going on. */
  jobs: Job[]
}

/** A document in the list. */
export interface DocumentItem {
  num: number
  name: string
  title: string | null
  date: string | null
  statements: number
  proposed: number
  accepted: number
}
