/** Evidence: the article with its statements, each judged by a person, each judgement taken back at will. */

import { useEffect } from 'preact/hooks'
import { api } from '../lib/api'
import { useKeys, type Shortcut } from '../lib/keys'
import { useLoad } from '../lib/load'
import { go, href, route } from '../lib/router'
import { undoLast } from '../lib/store'
import type { DocumentItem, Statement } from '../lib/types'
import { Empty, Notice } from '../lib/ui'
import { counted, day, figure } from '../lib/words'
import { Article } from './article'
import { Card } from './card'
import './evidence.css'
import { headline } from './headline'
import { accept, nudgeMerge, reject, respan, startAdding } from './judging'
import { Legend } from './legend'
import { SEARCH_ID, StatementList } from './list'
import { move } from './listing'
import { Picked } from './picked'
import { Positions } from './positions'
import { adding, doc, editing, loadDoc, loadParties, merging, picked, problem, selected, type Doc } from './work'

const KEYS: readonly Shortcut[] = [
  { key: 'j', words: 'next statement', run: () => move(1) },
  { key: 'k', words: 'statement before', run: () => move(-1) },
  { key: 'a', words: 'accept', run: accept },
  { key: 'x', words: 'reject', run: reject },
  { key: 'e', words: 'edit', run: () => selected.peek() && (editing.value = { field: null }) },
  { key: 'u', words: 'undo', run: () => void undoLast() },
  { key: 'm', words: 'merge: here, then at the other', run: nudgeMerge },
  { key: 'n', words: 'new statement from the selected words', run: startAdding },
  { key: 's', words: 'selected words as span of the statement', run: respan },
  { key: '/', words: 'search all documents', run: () => document.getElementById(SEARCH_ID)?.focus() },
  { key: 'Escape', words: 'give up what was begun', run: giveUp },
]

function giveUp(): void {
  editing.value = null
  adding.value = null
  merging.value = null
  getSelection()?.removeAllRanges()
}

export default function Screen() {
  const { subject, query } = route.value
  const list = useLoad('documents', (stop) => api.get<{ documents: DocumentItem[] }>('documents', {}, stop))
  useEffect(() => void loadParties(), [])
  useEffect(() => {
    const stop = new AbortController()
    picked.value = null
    if (subject && String(doc.peek()?.num) !== subject) doc.value = null
    if (subject) void loadDoc(subject, stop.signal)
    return () => stop.abort()
  }, [subject])
  useFindDocument(subject, query.statement ?? null, list.data?.documents ?? null)
  useKeys(KEYS)
  if (query.view === 'positions') return <Positions back={href('evidence', subject)} />
  if (list.problem) return <><h1>Evidence</h1><Notice problem={list.problem} /></>
  if (list.data && !list.data.documents.length) return <NoDocuments />
  const shown = doc.value
  if (!shown) return <><h1>Evidence</h1>{problem.value ? <Notice problem={problem.value} /> : <p class="small">Loading…</p>}</>
  return <Reading shown={shown} documents={list.data?.documents ?? []} />
}

/** Without a document in the address: that of the statement which is asked for, else the first that waits. */
function useFindDocument(subject: string | null, statement: string | null, documents: DocumentItem[] | null): void {
  useEffect(() => {
    if (subject || !documents?.length) return
    const first = documents.find(({ proposed }) => proposed > 0) ?? documents[0]
    const goTo = (num: number | undefined) => num !== undefined && location.replace(href('evidence', String(num), { statement }))
    if (!statement) {
      goTo(first?.num)
      return
    }
    api.get<{ statements: Statement[] }>('statements').then(
      ({ statements }) => goTo(statements.find(({ id }) => id === statement)?.document ?? first?.num),
      () => goTo(first?.num),
    )
  }, [subject, statement, documents])
}

function NoDocuments() {
  return (
    <>
      <h1>Evidence</h1>
      <Empty title="Nothing has been read yet.">
        <p>Drop an article on the <a href={href('start')}>start page</a>, or take one that comes with Détente.</p>
      </Empty>
    </>
  )
}

function Reading({ shown, documents }: { shown: Doc; documents: DocumentItem[] }) {
  return (
    <div class="evidence">
      <header class="evidence-head">
        <h1>{headline(shown)}</h1>
        <p class="lead">{sentence(shown)}</p>
        <p class="small evidence-source">
          {documents.length > 1 ? <DocumentChoice shown={shown} documents={documents} /> : <span>{shown.name}</span>}
          <span>{shown.date ? day(shown.date) : `undated; read ${day(shown.read_at)}`}</span>
          <a href={href('evidence', String(shown.num), { view: 'positions' })}>Positions over time</a>
        </p>
        {shown.statements.length > 0 && <Legend doc={shown} />}
      </header>
      <Article doc={shown} />
      <aside class="side" aria-label="Statements and their judgement">
        <Picked />
        <Card />
        <StatementList />
      </aside>
    </div>
  )
}

function DocumentChoice({ shown, documents }: { shown: Doc; documents: DocumentItem[] }) {
  return (
    <select aria-label="Document" value={String(shown.num)} onChange={(event) => go('evidence', event.currentTarget.value)}>
      {documents.map(({ num, name, title, proposed }) => (
        <option key={num} value={String(num)}>{`${title ?? name}${proposed ? ` (${proposed} to judge)` : ''}`}</option>
      ))}
    </select>
  )
}

/** The sentence that stands first: how far the judging is. */
function sentence({ statements }: Doc): string {
  const count = (...states: string[]) => statements.filter(({ state }) => states.includes(state)).length
  const [waiting, kept, rejected] = [count('proposed'), count('accepted', 'edited'), count('rejected')]
  if (!statements.length) return 'The reader found no demand, offer or other statement here; select words to add one.'
  const judged = `${figure(kept)} accepted, ${figure(rejected)} rejected`
  if (!waiting) return `Every statement is judged: ${judged}.`
  if (waiting === statements.length) return `${counted(waiting, 'statement')}, none of them judged yet.`
  return `${figure(waiting)} of ${figure(statements.length)} statements wait for a judgement: ${judged} so far.`
}
