/** What the evidence screen works on, and the judgements it sends. Every one of them can be taken back. */

import { computed, signal } from '@preact/signals'
import { api, Conflict, problemOf, type Problem } from '../lib/api'
import { announce } from '../lib/live'
import { choose, chosen, go, route } from '../lib/router'
import { loadDesk, remember } from '../lib/store'
import type { Statement } from '../lib/types'
import { bookOf, type PartyBook } from './partybook'
import { inOrder } from './segments'
import { shortly, STATE_WORDS } from './words'

export interface Line {
  start: number
  end: number
  label: string
}

export interface Doc {
  num: number
  name: string
  title: string | null
  date: string | null
  read_at: string
  text: string
  lines: Line[]
  statements: Statement[]
  parties: { name: string; count: number }[]
}

export type Decision = 'accept' | 'reject' | 'edit' | 'reopen'
export type Fields = Partial<Statement>

/** A judgement that met another one: what was wanted here, and what is there now. */
export interface Clash {
  id: string
  decision: Decision
  fields: Fields | null
  current: Statement | null
}

export const doc = signal<Doc | null>(null)
export const problem = signal<Problem | null>(null)
export const clash = signal<Clash | null>(null)
export const editing = signal<{ field: string | null } | null>(null)
/** The statement that is about to be merged into another. */
export const merging = signal<string | null>(null)
/** The text picked in the article, in code points. */
export const picked = signal<{ start: number; end: number } | null>(null)
/** The span of a statement that is being written by hand. */
export const adding = signal<{ start: number; end: number } | null>(null)

export const selectedId = chosen('statement')
export const selected = computed(() => doc.value?.statements.find(({ id }) => id === selectedId.value) ?? null)

const partyNames = signal<readonly string[]>([])

/** The parties of the document that is shown. */
export const parties = computed<PartyBook>(() => {
  const named = (doc.value?.statements ?? []).flatMap(({ actors, targets }) => [...actors, ...targets])
  return bookOf(named, partyNames.value)
})

/** The parties of any other view, coloured by the same rule. */
export const bookFor = (named: readonly string[]): PartyBook => bookOf(named, partyNames.value)

export async function loadParties(): Promise<void> {
  try {
    const { parties: found } = await api.get<{ parties: { name: string }[] }>('parties')
    partyNames.value = found.map(({ name }) => name)
  } catch (error) {
    problem.value = problemOf(error)
  }
}

export async function loadDoc(num: string, stop?: AbortSignal): Promise<void> {
  try {
    const found = await api.get<Doc>(`documents/${num}`, {}, stop)
    doc.value = { ...found, statements: inOrder(found.statements) }
    problem.value = null
  } catch (error) {
    if (!stop?.aborted) problem.value = problemOf(error)
  }
}

export function select(id: string | null): void {
  if (id !== selectedId.peek()) {
    editing.value = null
    adding.value = null
    if (clash.peek()?.id !== id) clash.value = null
  }
  choose({ statement: id })
}

/** What every change answers with: the statements that it touched, as they are now. */
interface Changed {
  statement?: Statement
  statements?: Statement[]
}

/** Put changed statements in their places; the counts in the rail follow. */
function put({ statement, statements = statement ? [statement] : [] }: Changed): void {
  const shown = doc.peek()
  const here = new Map(statements.filter(({ document }) => document === shown?.num).map((row) => [row.id, row]))
  if (shown && here.size) {
    const kept = shown.statements.filter(({ id }) => !here.has(id))
    doc.value = { ...shown, statements: inOrder([...kept, ...here.values()]) }
  }
  void loadDesk()
}

async function undoLastChange(): Promise<void> {
  const back = await api.post<Changed>('statements/undo')
  put(back)
  const [first] = back.statements ?? []
  if (!first) return
  if (first.document === doc.peek()?.num && route.peek().screen === 'evidence') select(first.id)
  else go('evidence', String(first.document), { statement: first.id })
}

/** Do something that changes the evidence; tell how it went; note how to take it back. */
async function change(words: string, send: () => Promise<Changed>): Promise<boolean> {
  try {
    put(await send())
  } catch (error) {
    if (error instanceof Conflict) throw error
    problem.value = problemOf(error)
    return false
  }
  problem.value = null
  remember(words, undoLastChange)
  announce(words)
  return true
}

const DONE: Record<Decision, string> = {
  accept: 'Accepted',
  reject: 'Rejected',
  edit: 'Changed',
  reopen: 'Open again',
}

/** Judge a statement as it was seen. If another tab was faster, both versions are kept in `clash`. */
export async function decide(row: Statement, decision: Decision, fields: Fields | null = null): Promise<boolean> {
  const body = { decision, base: row.review, ...(fields && { fields }) }
  try {
    const words = `${DONE[decision]}: ${shortly(row)}`
    const done = await change(words, () => api.post<Changed>(`statements/${row.id}/decision`, body))
    if (done) clash.value = null
    return done
  } catch (error) {
    const current = (error as Conflict<Statement | null>).current
    clash.value = { id: row.id, decision, fields, current }
    announce(`Not saved: this statement is ${current ? STATE_WORDS[current.state] : 'changed'} now, by another tab`)
    return false
  }
}

/** Judge on top of what another tab did. */
export async function insist(): Promise<void> {
  const held = clash.peek()
  if (!held?.current) return
  if (await decide(held.current, held.decision, held.fields)) editing.value = null
}

/** Leave what another tab did. */
export async function yieldToOther(): Promise<void> {
  const num = doc.peek()?.num
  clash.value = null
  editing.value = null
  if (num !== undefined) await Promise.all([loadDoc(String(num)), loadDesk()])
}

/** Forget the words that were picked: what was to be done with them is done. */
export function letGo(): void {
  getSelection()?.removeAllRanges()
  picked.value = null
}

/** Add a statement by hand. */
export async function add(span: { start: number; end: number }, fields: Fields): Promise<boolean> {
  const num = doc.peek()?.num
  if (num === undefined) return false
  let added: string | null = null
  const send = async () => {
    const answer = await api.post<Changed>(`documents/${num}/statements`, { ...span, ...fields })
    added = answer.statement?.id ?? null
    return answer
  }
  const done = await change(`Added: ${fields.type ?? 'statement'}`, send)
  if (done) letGo()
  if (done && added) select(added)
  return done
}

/** Make one statement a repeat of another. */
export async function merge(from: string, into: string): Promise<void> {
  const send = () => api.post<Changed>('statements/merge', { ids: [from], into })
  const done = await change('Merged: two statements count as one', send).catch((error: unknown) => {
    problem.value = problemOf(error)
    return false
  })
  if (done) {
    merging.value = null
    select(into)
  }
}
