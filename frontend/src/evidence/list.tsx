/** The list beside the article: search over all documents, filters, and every statement in a line or two. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { problemOf, type Problem } from '../lib/api'
import { partyClass } from '../lib/party'
import type { Statement } from '../lib/types'
import { Button, Notice } from '../lib/ui'
import { counted } from '../lib/words'
import { filters, hits, listed, NO_FILTERS, search, show, type Filters } from './listing'
import type { PartyBook } from './partybook'
import { glyphOf, STATE_MARKS, STATE_WORDS, TYPES, whoToWhom } from './words'
import { doc, parties, selectedId } from './work'

const PAUSE = 200

export const SEARCH_ID = 'evidence-search'

export function StatementList() {
  const rows = listed.value
  return (
    <section class="listing" aria-label="Statements">
      <Search />
      <FilterBar />
      <p class="small listing-count" aria-live="polite">{countWords(rows.length)}</p>
      {rows.length > 0 ? <Rows rows={rows} /> : <NoRows />}
    </section>
  )
}

function countWords(count: number): string {
  const found = hits.value
  const words = counted(count, 'statement')
  if (!found) return words
  const more = found.total > found.statements.length ? ` of ${found.total}, the best first` : ''
  return `${words}${more} with “${found.search}” in all documents`
}

function NoRows() {
  const filtered = JSON.stringify(filters.value) !== JSON.stringify(NO_FILTERS)
  if (!filtered) return <p class="small">{hits.value ? 'No statement has all these words.' : 'The reader found no statement in this text.'}</p>
  return <Button kind="quiet" onClick={() => (filters.value = NO_FILTERS)}>Show all statements again</Button>
}

function Search() {
  const [words, setWords] = useState(hits.peek()?.search ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const wait = setTimeout(() => {
      search(words, stop.signal).then(
        () => setProblem(null),
        (error: unknown) => !stop.signal.aborted && setProblem(problemOf(error)),
      )
    }, words ? PAUSE : 0)
    return () => {
      clearTimeout(wait)
      stop.abort()
    }
  }, [words])
  return (
    <div role="search">
      <label class="unseen" for={SEARCH_ID}>Search the statements of all documents</label>
      <input
        id={SEARCH_ID}
        type="search"
        placeholder="Search all documents   /"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          setWords('')
          event.currentTarget.blur()
        }}
      />
      {problem && <Notice problem={problem} />}
    </div>
  )
}

const STATE_NAMES: Record<Filters['state'], string> = {
  all: 'All states',
  waiting: 'To judge',
  accepted: 'Accepted',
  rejected: 'Rejected',
}

function FilterBar() {
  const rows = hits.value?.statements ?? doc.value?.statements ?? []
  const types = Object.keys(TYPES).filter((type) => rows.some((row) => row.type === type))
  const names = parties.value.names.filter((name) => rows.some((row) => [...row.actors, ...row.targets, row.speaker].includes(name)))
  const set = (change: Partial<Filters>) => (filters.value = { ...filters.peek(), ...change })
  const { state, type, party } = filters.value
  return (
    <div class="filters" role="group" aria-label="Filters">
      <select aria-label="State" value={state} onChange={(e) => set({ state: e.currentTarget.value as Filters['state'] })}>
        {Object.entries(STATE_NAMES).map(([key, name]) => <option key={key} value={key}>{name}</option>)}
      </select>
      <select aria-label="Type" value={type} onChange={(e) => set({ type: e.currentTarget.value })}>
        <option value="">All types</option>
        {types.map((name) => <option key={name} value={name}>{`${glyphOf(name)} ${name}`}</option>)}
      </select>
      <select aria-label="Party" value={party} onChange={(e) => set({ party: e.currentTarget.value })}>
        <option value="">All parties</option>
        {names.map((name) => <option key={name} value={name}>{name}</option>)}
      </select>
    </div>
  )
}

function Rows({ rows }: { rows: readonly Statement[] }) {
  const room = useRef<HTMLOListElement>(null)
  const id = selectedId.value
  useEffect(() => {
    const row = room.current?.querySelector('[aria-current]')?.closest('li')
    if (room.current && row) keepInView(room.current, row)
  }, [id])
  const reachable = rows.some((row) => row.id === id) ? id : rows[0]?.id
  return (
    <ol class="rows" ref={room} onKeyDown={arrows}>
      {rows.map((row) => <Row key={row.id} row={row} chosen={row.id === id} reachable={row.id === reachable} />)}
    </ol>
  )
}

/** Scroll the list alone: `scrollIntoView` would move the article too. */
function keepInView(room: HTMLElement, row: HTMLElement): void {
  const above = row.offsetTop - room.offsetTop
  if (above < room.scrollTop) room.scrollTop = above
  else if (above + row.offsetHeight > room.scrollTop + room.clientHeight) room.scrollTop = above + row.offsetHeight - room.clientHeight
}

/** One stop for Tab; within the list, the arrows. */
function arrows(event: KeyboardEvent): void {
  const way = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null
  if (!way) return
  event.preventDefault()
  const row = (event.target as Element).closest('li')?.[way]
  row?.querySelector('button')?.focus()
}

interface RowProps {
  row: Statement
  chosen: boolean
  reachable: boolean
}

/** Drawn again only if something in it changed. */
function Row({ row, chosen, reachable }: RowProps) {
  const book = parties.value
  const elsewhere = row.document !== undefined && row.document !== doc.value?.num
  return useMemo(() => <RowDrawn {...{ row, chosen, reachable, book, elsewhere }} />, [row, chosen, reachable, book, elsewhere])
}

function RowDrawn({ row, chosen, reachable, book, elsewhere }: RowProps & { book: PartyBook; elsewhere: boolean }) {
  return (
    <li class={`list-row list-${row.state}`}>
      <button type="button" aria-current={chosen ? 'true' : undefined} tabIndex={reachable ? 0 : -1} onClick={() => show(row)}>
        <span class={`list-mark ${partyClass(book.number(row.actors[0]))}`} aria-hidden="true">{glyphOf(row.type)}</span>
        <span class="list-words">
          <span class="list-head">
            <span class="unseen">{`${row.type}, `}</span>
            {whoToWhom(row)}
          </span>
          <span class="list-text">{row.text}</span>
          {(elsewhere || row.repeat_of) && <span class="small">{elsewhere ? `in ${row.doc}` : 'repeats an earlier one'}</span>}
        </span>
        <span class={`list-state state-${row.state}`} title={STATE_WORDS[row.state]}>
          <span aria-hidden="true">{STATE_MARKS[row.state]}</span>
          <span class="unseen">{STATE_WORDS[row.state]}</span>
        </span>
      </button>
    </li>
  )
}
