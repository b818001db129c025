/** The case that the screens work on: loading, editing one change at a time, undo, conflicts with other tabs. */

import { batch, computed, signal } from '@preact/signals'
import { api, Conflict, problemOf, type Problem } from '../lib/api'
import { announce } from '../lib/live'
import { caseOf, editedOf, verdictOf } from './adapt'
import { follow, putLadder } from './ladders'
import type { CaseDoc, Edit, Edited, Verdict } from './shapes'

export const current = signal<CaseDoc | null>(null)
export const caseProblem = signal<Problem | null>(null)
export const busy = signal(false)

/** The result under the case as it stands, and under the case before the last change. */
export const verdict = signal<Verdict | null>(null)
export const before = signal<Verdict | null>(null)
export const verdictProblem = signal<Problem | null>(null)

/** What the last change did, in sentences. */
export const said = signal<readonly string[]>([])

export interface Clash {
  /** The change that met another tab's. */
  edit: Edit
  words: string
  /** The case as this tab knew it, and as it is now. */
  mine: CaseDoc
  theirs: CaseDoc
}

export const clash = signal<Clash | null>(null)

/** Where the last change was refused: the place that made it, and what is wrong. */
export const refusal = signal<{ place: string; problem: Problem } | null>(null)

export const version = computed(() => current.value?.version ?? 0)

let loading = ''

/** Read a case, if it is another one than the one at hand or `anew` is asked. */
export async function load(id: string, anew = false): Promise<void> {
  if (!anew && (current.peek()?.id === id || loading === id)) return
  loading = id
  if (current.peek()?.id !== id) {
    current.value = null
    said.value = []
    before.value = null
    verdict.value = null
    clash.value = null
    refusal.value = null
  }
  try {
    const found = caseOf(await api.get(`cases/${encodeURIComponent(id)}`))
    if (loading !== id) return
    show(found)
    caseProblem.value = null
    await judge(found)
  } catch (error) {
    if (loading === id) caseProblem.value = problemOf(error)
  } finally {
    if (loading === id) loading = ''
  }
}

/** Look whether another tab changed the case since it was read, and show what is there now. */
export async function refresh(): Promise<void> {
  const mine = current.peek()
  if (!mine || busy.peek() || clash.peek()) return
  const there = await api.get(`cases/${encodeURIComponent(mine.id)}`).then(caseOf, () => null)
  if (!there || there.version === mine.version || current.peek() !== mine || busy.peek()) return
  show(there)
  before.value = verdict.peek()
  said.value = ['This case was changed in another tab; this is how it stands now.']
  announce(said.peek().join(' '))
  await judge(there)
}

function show(doc: CaseDoc): void {
  follow(doc)
  current.value = doc
}

/** Ask for the diagnosis of the case as it stands. */
async function judge(asked: CaseDoc): Promise<void> {
  try {
    const found = verdictOf(await api.get(`cases/${encodeURIComponent(asked.id)}/diagnosis`))
    if (current.peek()?.id !== asked.id || current.peek()?.version !== asked.version) return
    verdict.value = found
    verdictProblem.value = null
  } catch (error) {
    if (current.peek()?.id !== asked.id) return
    verdict.value = null
    verdictProblem.value = problemOf(error)
  }
}

/** The answer to a change brings the result with it. */
const WITH = { with: 'diagnosis' }

let queue: Promise<unknown> = Promise.resolve()

/** Changes go to the server one after the other: each is based on the answer to the one before. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = queue.then(work, work)
  queue = next.catch(() => undefined)
  return next
}

/**
 * Make a change. Resolves to true if it was made; a refusal is shown at `place`, a conflict in the page.
 *
 * @param words what the change does, as in "move 'full ceasefire' up": said if it meets a conflict.
 */
export function edit(change: Edit, place: string, words: string): Promise<boolean> {
  return inTurn(async () => {
    const mine = current.peek()
    if (!mine) return false
    return send(mine, place, words, change, (base) =>
      api.post(`cases/${encodeURIComponent(mine.id)}/edits`, { base, edit: change }, WITH),
    )
  })
}

export const undo = (): Promise<boolean> => step('undo', 'Undone')
export const redo = (): Promise<boolean> => step('redo', 'Done again')

function step(way: 'undo' | 'redo', told: string): Promise<boolean> {
  return inTurn(async () => {
    const mine = current.peek()
    if (!mine || !(way === 'undo' ? mine.can_undo : mine.can_redo)) {
      announce(`Nothing to ${way}`)
      return false
    }
    const done = await send(mine, 'history', way, { kind: way }, (base) =>
      api.post(`cases/${encodeURIComponent(mine.id)}/${way}`, { base }, WITH),
    )
    if (done) said.value = said.value.length > 0 ? said.value : [`${told}.`]
    return done
  })
}

async function send(
  mine: CaseDoc,
  place: string,
  words: string,
  change: Edit,
  ask: (base: number) => Promise<unknown>,
): Promise<boolean> {
  busy.value = true
  try {
    const answer = editedOf(await ask(mine.version))
    batch(() => settle(mine, answer))
    return true
  } catch (error) {
    if (error instanceof Conflict) {
      clash.value = { edit: change, words, mine, theirs: theirsOf(error) ?? mine }
      announce('Another tab changed this case. Choose which version to keep.')
    } else {
      refusal.value = { place, problem: problemOf(error) }
    }
    return false
  } finally {
    busy.value = false
  }
}

function settle(mine: CaseDoc, answer: Edited): void {
  refusal.value = null
  show(answer)
  said.value = answer.said
  before.value = verdict.peek()
  // The question is on its way while the order of states is drawn.
  if (answer.verdict) {
    verdict.value = answer.verdict
    verdictProblem.value = null
  } else if (answer.version !== mine.version) {
    void judge(answer)
  }
  for (const ladder of answer.ladders) putLadder(answer, ladder)
  if (answer.said.length > 0) announce(answer.said.join(' '))
}

function theirsOf(error: Conflict): CaseDoc | null {
  const there = error.current
  return there && typeof there === 'object' ? caseOf(there) : null
}

/** End a conflict: keep their version, put my change on top of it, or go back to mine and make my change there. */
export async function resolve(way: 'theirs' | 'both' | 'mine'): Promise<void> {
  const open = clash.peek()
  if (!open) return
  clash.value = null
  const theirs = open.theirs === open.mine ? await reread(open.mine.id) : open.theirs
  if (!theirs) return
  show(theirs)
  said.value = []
  before.value = verdict.peek()
  const again = open.edit.kind !== 'undo' && open.edit.kind !== 'redo'
  if (way === 'mine' && !(await edit({ kind: 'text', text: open.mine.text }, 'text', 'keep this version'))) return
  if (way !== 'theirs' && again) await edit(open.edit, 'history', open.words)
  else if (way === 'theirs') await judge(theirs)
}

async function reread(id: string): Promise<CaseDoc | null> {
  try {
    return caseOf(await api.get(`cases/${encodeURIComponent(id)}`))
  } catch (error) {
    caseProblem.value = problemOf(error)
    return null
  }
}
