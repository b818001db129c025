/** The shapes that the Unlock screen reads. */

export interface Named {
  name: string
  words: string
}

export interface Target {
  state: string
  kind: string
  flags: string[]
  path: string[] | null
  movers: string[] | null
  efficient: boolean
  equilibrium: boolean
  unstable_for: string[]
  stable_under: string[]
}

export interface Diagnosis {
  sentence: string
  deadlock: boolean
  kind: string
  witness: string | null
  status_quo: string
  zone: string[]
  targets: Target[]
  facts: Named[]
  flag_words: Named[]
  circles: Named[]
}

export interface Lever {
  number: number
  words: string
  kind: string
  opens: boolean
  to: string
  stable_under: string[]
  path: string[] | null
  movers: string[] | null
  rows: Named[]
  changes: { lever: string; party?: string; parties?: string[]; option?: string; about?: string }[]
  harms: unknown[]
}

export interface Unlocking {
  sentence: string
  to: string
  kind: string
  status_quo: string
  levers: Lever[]
  facts?: Named[]
}

export interface Comparison {
  sentence: string
  facts: Named[]
  model_words: Named[]
  equilibria_words: Named[]
  diagnosis_words: Named[]
  diagnosis: { changed: boolean }
}
