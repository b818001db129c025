/** Positions over time: the drawing of the server, and the same in a table. */

import { api } from '../lib/api'
import { Drawing } from '../lib/drawing'
import { useLoad } from '../lib/load'
import { partyLetters } from '../lib/party'
import { choose, go, route } from '../lib/router'
import { Empty, Notice, Table, type Column } from '../lib/ui'
import { counted, day } from '../lib/words'
import type { PartyBook } from './partybook'
import { Party } from './who'
import { glyphOf } from './words'
import { bookFor } from './work'

interface Entry {
  date: string
  dated: boolean
  stance: string
  type: string
  speaker: string
  statement: string
  doc: string
  state: string
  quote: string
}

interface Timeline {
  statements: number
  parties: string[]
  issues: { key: string; name: string; owner: string | null; lines: { party: string; entries: Entry[] }[] }[]
}

interface PositionRow extends Entry {
  party: string
  issue: string
}

export function Positions({ back }: { back: string }) {
  const unreviewed = route.value.query.unreviewed === 'yes'
  const { data, problem, loading } = useLoad(`timeline ${unreviewed}`, (stop) =>
    api.get<Timeline>('timeline', { unreviewed }, stop),
  )
  const rows = data ? rowsOf(data) : []
  const book = bookFor(data?.parties ?? [])
  return (
    <>
      <header class="evidence-head">
        <h1>Positions over time</h1>
        <p class="lead">{data ? sentence(data, rows.length) : 'Who was for what, against what, and under which condition.'}</p>
        <p class="small evidence-source">
          <a href={back}>Back to the text</a>
          <label class="check">
            <input
              type="checkbox"
              checked={unreviewed}
              onChange={(event) => choose({ unreviewed: event.currentTarget.checked ? 'yes' : null })}
            />
            Also statements that nobody has reviewed
          </label>
        </p>
      </header>
      {problem && <Notice problem={problem} />}
      {loading && !data && <p class="small">Comparing the positions…</p>}
      {data && !rows.length && !loading && (
        <Empty title="No position to show yet.">
          <p>Accept statements first, or take those that nobody has reviewed.</p>
        </Empty>
      )}
      {data && rows.length > 0 && (
        <>
          <Drawing
            src={`/api/timeline.svg${unreviewed ? '?unreviewed=true' : ''}`}
            label="Positions of the parties on each issue over time"
            marks="[data-statement]"
            onPick={(mark) => openStatement(mark.dataset.statement ?? null)}
            onReady={(drawing) => recolour(drawing, data.parties, book)}
          />
          <h2>The same in a table</h2>
          <Table caption="Positions" columns={columnsFor(book)} rows={rows} id={rowId} onChoose={(row) => openStatement(row.statement)} />
        </>
      )}
    </>
  )
}

const rowId = (row: PositionRow): string => `${row.statement} ${row.issue} ${row.party}`
const openStatement = (id: string | null): void => go('evidence', null, { statement: id })

function rowsOf({ issues }: Timeline): PositionRow[] {
  return issues.flatMap(({ name, lines }) =>
    lines.flatMap(({ party, entries }) => entries.map((entry) => ({ ...entry, party, issue: name }))),
  )
}

function sentence({ parties: named, issues }: Timeline, positions: number): string {
  if (!positions) return 'No position stands in what was asked for.'
  return `${counted(positions, 'position')} of ${counted(named.length, 'party', 'parties')} on ${counted(issues.length, 'issue')}.`
}

const columnsFor = (book: PartyBook): readonly Column<PositionRow>[] => [
  {
    key: 'date',
    head: 'Date',
    cell: (row) => (row.dated ? day(row.date) : <span class="small">undated</span>),
    by: (row) => (row.dated ? row.date : null),
  },
  { key: 'issue', head: 'Issue', cell: (row) => row.issue, by: (row) => row.issue },
  { key: 'party', head: 'Party', cell: (row) => <Party name={row.party} book={book} />, by: (row) => row.party },
  { key: 'stance', head: 'Stance', cell: (row) => row.stance, by: (row) => row.stance },
  { key: 'type', head: 'Statement', cell: (row) => `${glyphOf(row.type)} ${row.type}`, by: (row) => row.type },
  { key: 'quote', head: 'Words', cell: (row) => `“${row.quote}”`, heads: true },
]

/** The drawing counts its own parties from 0; here a party has the colour and letter that it has in the text. */
function recolour(drawing: SVGSVGElement, drawn: readonly string[], book: PartyBook): void {
  const letters = partyLetters(drawn)
  const byLetter = new Map([...letters].map(([name, letter]) => [letter, name]))
  for (const group of drawing.querySelectorAll<SVGGElement>('g[class*="dm-p"]')) {
    const number = Number(/dm-p(\d)/.exec(group.getAttribute('class') ?? '')?.[1])
    const letter = group.closest('[data-statement]') ? null : group.querySelector(':scope > .dm-letter')
    const name = (letter && byLetter.get(letter.textContent ?? '')) ?? drawn[number]
    if (!name) continue
    group.setAttribute('class', (group.getAttribute('class') ?? '').replace(/dm-p\d/, `dm-p${book.number(name) % 8}`))
    if (letter) letter.textContent = book.letter(name)
  }
}
