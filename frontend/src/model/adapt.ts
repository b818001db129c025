/** Answers of the API -> the shapes of the screens. What may be missing is filled in here, and only here. */

import { spaced } from './shapes'
import type {
  CaseDoc, Clause, Deciding, Edited, Form, Ladder, Level, Model, Moves, Option, Party, Preferences, Quotation, Rung, Tier, Verdict, Weighted,
} from './shapes'
import type { StateRow } from '../states/rows'
import { partyLetters } from '../lib/party'

type Raw = Record<string, unknown>

const dict = (value: unknown): Raw => (value && typeof value === 'object' && !Array.isArray(value) ? (value as Raw) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const texts = (value: unknown): string[] => list(value).filter((item): item is string => typeof item === 'string')
const count = (value: unknown): number => (typeof value === 'number' ? value : 0)

export function caseOf(raw: unknown): CaseDoc {
  const r = dict(raw)
  return {
    id: String(r.id ?? ''),
    name: text(r.name) ?? String(r.id ?? ''),
    version: count(r.version),
    scenario_of: text(r.scenario_of),
    text: typeof r.text === 'string' ? r.text : '',
    model: r.model ? modelOf(dict(r.model)) : null,
    quotations: Object.fromEntries(Object.entries(dict(r.quotations)).map(([id, one]) => [id, quotationOf(dict(one))])),
    can_undo: r.can_undo === true,
    can_redo: r.can_redo === true,
    unreviewed: r.unreviewed === true,
    note: text(r.note),
  }
}

function modelOf(r: Raw): Model {
  const parties = list(r.parties).map(dict)
  const letters = partyLetters(parties.map((party) => String(party.id)))
  return {
    title: text(r.title) ?? text(r.case) ?? '',
    about: text(r.about),
    as_of: text(r.as_of),
    form: r.form === 'graph' ? 'graph' : 'option',
    status_quo: r.status_quo ? rungOf(r.status_quo, { statusQuo: true }) : null,
    states: Array.isArray(r.states) ? r.states.length : count(r.states),
    parties: parties.map((party, k) => partyOf(party, k, letters.get(String(party.id)) ?? '?', levelsNow(r))),
    infeasible: list(r.infeasible).map(clauseOf),
    labels: Object.fromEntries(Object.entries(dict(r.labels)).map(([code, label]) => [code, String(label)])),
  }
}

/** Option key -> its level in the status quo. */
function levelsNow(r: Raw): Raw {
  const now = dict(r.status_quo)
  return dict(now.levels)
}

function partyOf(r: Raw, k: number, letter: string, now: Raw): Party {
  return {
    id: String(r.id),
    name: text(r.name) ?? String(r.id),
    letter: text(r.letter) ?? letter,
    colour: typeof r.number === 'number' ? r.number : k,
    outside: r.outside === true,
    constituent_of: text(r.constituent_of),
    options: list(r.options).map((one) => optionOf(dict(one), String(r.id), now)),
    preferences: preferencesOf(dict(r.preferences)),
    evidence: texts(r.evidence),
  }
}

function optionOf(r: Raw, party: string, now: Raw): Option {
  const key = text(r.key) ?? `${party}.${String(r.id)}`
  const id = key.slice(key.indexOf('.') + 1)
  return {
    key,
    id,
    name: text(r.name) ?? spaced(id),
    levels: list(r.levels).map((one): Level => {
      if (typeof one === 'string') return { id: one, words: spaced(one) }
      const level = dict(one)
      return { id: String(level.id), words: spaced(String(level.id)) }
    }),
    moves: (text(r.moves) ?? 'arcs') as Moves,
    arcs: list(r.arcs).filter((arc): arc is [string, string] => texts(arc).length === 2),
    level: text(now[key]) ?? text(now[id]),
    issue: text(r.issue),
    digit: count(r.digit),
    evidence: texts(r.evidence),
  }
}

function preferencesOf(r: Raw): Preferences {
  return {
    form: (text(r.kind) ?? 'none') as Form,
    clauses: list(r.clauses).map(clauseOf),
    tiers: list(r.tiers).map((tier) => (Array.isArray(tier) ? texts(tier) : [String(tier)])),
    weights: list(r.weights).map((one): Weighted => ({ ...clauseOf(one), weight: count(dict(one).weight) })),
  }
}

function clauseOf(raw: unknown): Clause {
  if (typeof raw === 'string') return { statement: raw, words: raw, evidence: [] }
  const r = dict(raw)
  const statement = text(r.statement) ?? text(r.text) ?? ''
  return { statement, words: readable(text(r.words), statement), evidence: texts(r.evidence) }
}

/** Where the server has no words of its own for a statement, what its author wrote reads better than its full form. */
function readable(words: string | null, statement: string): string {
  return words === null || /[=<>]/.test(words) ? statement : words
}

function quotationOf(r: Raw): Quotation {
  return {
    text: text(r.text) ?? text(r.quote),
    doc: text(r.doc) ?? text(r.title),
    date: text(r.date),
    state: text(r.state),
    document: typeof r.document === 'number' ? r.document : typeof r.num === 'number' ? r.num : null,
    speaker: text(r.speaker),
  }
}

export function editedOf(raw: unknown): Edited {
  const r = dict(raw)
  const ladders = dict(r.ladder)
  return {
    ...caseOf(r.case && typeof r.case === 'object' ? r.case : r),
    said: typeof r.words === 'string' ? [r.words] : texts(r.words),
    ladders: (Array.isArray(ladders.rungs) ? [ladders] : Object.values(ladders)).map(ladderOf),
    verdict: r.diagnosis ? verdictOf(r.diagnosis) : null,
  }
}

export function verdictOf(raw: unknown): Verdict {
  const r = dict(raw)
  return {
    sentence: text(r.sentence) ?? '',
    kind: text(r.kind),
    witness: text(r.witness),
    deadlock: typeof r.deadlock === 'boolean' ? r.deadlock : null,
  }
}

export function ladderOf(raw: unknown): Ladder {
  const r = dict(raw)
  const tiers = list(r.rungs).map((one, k): Tier => {
    const rung = dict(one)
    return {
      place: typeof rung.place === 'number' ? rung.place : k,
      states: list(rung.states).map((state) => rungOf(state)),
      above: decidingOf(rung.deciding),
    }
  })
  return {
    party: String(r.party ?? ''),
    form: text(r.kind) ?? 'none',
    total: typeof r.total === 'number' ? r.total : tiers.length,
    tiers,
  }
}

function rungOf(raw: unknown, more: Partial<Rung> = {}): Rung {
  const r = typeof raw === 'string' ? { state: raw } : dict(raw)
  const code = text(r.state) ?? text(dict(raw).code) ?? ''
  const own = dict(raw)
  return { code, words: text(own.words) ?? code, statusQuo: own.status_quo === true, target: own.target === true, ...more }
}

export function decidingOf(raw: unknown): Deciding | null {
  if (!raw || typeof raw !== 'object') return null
  const r = dict(raw)
  const clause = r.clause && typeof r.clause === 'object' ? dict(r.clause) : r
  const statement = text(clause.statement)
  if (!statement && !text(clause.words)) return null
  return {
    index: typeof clause.index === 'number' ? clause.index : null,
    statement,
    words: readable(text(clause.words), statement ?? ''),
    evidence: texts(clause.evidence),
  }
}

export interface StatesPage {
  concepts: { id: string; short: string; gloss: string; equilibria: number }[]
  rows: StateRow[]
  total: number
}

export function statesOf(raw: unknown): StatesPage {
  const r = dict(raw)
  const rows = list(r.rows).map((one): StateRow => {
    const row = dict(one)
    const flags = texts(row.flags)
    return {
      code: String(row.state ?? ''),
      label: text(row.label),
      words: text(row.words) ?? String(row.state ?? ''),
      rank: dict(row.ranks) as Record<string, number>,
      stable: dict(row.stable) as Record<string, string[]>,
      equilibrium: texts(row.equilibrium),
      statusQuo: flags.includes('status-quo'),
      zone: flags.includes('zone'),
      target: flags.includes('target'),
    }
  })
  const concepts = list(r.concepts).map((one) => {
    const concept = dict(one)
    const id = String(concept.id ?? one)
    return {
      id,
      short: text(concept.abbreviation) ?? id.toUpperCase(),
      gloss: text(concept.gloss) ?? '',
      equilibria: count(concept.equilibria),
    }
  })
  return { concepts, rows, total: count(r.total) || rows.length }
}
