/** The article: statements underlined where they stand, residue grey with its reason in the margin. */

import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { partyClass } from '../lib/party'
import type { Statement } from '../lib/types'
import { headline } from './headline'
import { Offsets } from './offsets'
import { pickFrom } from './picking'
import { lanesOf, segmentsOf, type Segment } from './segments'
import { glyphOf, RESIDUE, STATE_WORDS, whoToWhom } from './words'
import { parties, picked, select, selectedId, type Doc, type Line } from './work'

interface Drawn {
  offsets: Offsets
  lines: readonly { line: Line; segments: readonly Segment[]; ids: ReadonlySet<string> }[]
  statements: Map<string, Statement>
  lanes: Map<string, number>
}

/** What the reader asked of the system: less motion. */
const calm = matchMedia('(prefers-reduced-motion: reduce)')

function drawnOf(doc: Doc): Drawn {
  const shown = doc.statements.filter(({ state }) => state !== 'rejected')
  const lines = linesBelow(doc).map((line) => {
    const segments = segmentsOf(line.start, line.end, shown)
    return { line, segments, ids: new Set(segments.flatMap(({ covers }) => covers)) }
  })
  return {
    offsets: new Offsets(doc.text),
    lines,
    statements: new Map(shown.map((row) => [row.id, row])),
    lanes: lanesOf(shown),
  }
}

export function Article({ doc }: { doc: Doc }) {
  const room = useRef<HTMLElement>(null)
  const drawn = useMemo(() => drawnOf(doc), [doc])
  useEffect(() => {
    const listen = () => {
      const found = room.current && pickFrom(room.current, drawn.offsets)
      if (found !== undefined) picked.value = found
    }
    document.addEventListener('selectionchange', listen)
    return () => document.removeEventListener('selectionchange', listen)
  }, [drawn])
  const id = selectedId.value
  useEffect(() => {
    const mark = id && room.current?.querySelector(`[data-glyph="${CSS.escape(id)}"]`)
    if (mark) mark.scrollIntoView({ block: 'nearest', behavior: calm.matches ? 'instant' : 'smooth' })
  }, [id, doc])
  return (
    <article class="article" ref={room} aria-label="Text of the article" onClick={choose}>
      {drawn.lines.map(({ line, segments, ids }) => (
        <TextLine key={line.start} {...{ line, segments, drawn }} chosen={id && ids.has(id) ? id : null} />
      ))}
    </article>
  )
}

/** The line that serves as the screen's heading is not said twice, unless a statement stands in it. */
function linesBelow(doc: Doc): Line[] {
  const [first, ...rest] = doc.lines
  const said = first && headline(doc) === new Offsets(doc.text).slice(first.start, first.end)
  const needed = first && doc.statements.some(({ start }) => start < first.end)
  return said && !needed ? rest : doc.lines
}

/** A click chooses the innermost statement there; a click on what is chosen, the next one outside it. */
function choose(event: MouseEvent): void {
  if (!getSelection()?.isCollapsed) return
  const over: string[] = []
  let at = (event.target as Element).closest<HTMLElement>('[data-mark]')
  while (at) {
    over.push(at.dataset.mark ?? '')
    at = at.parentElement?.closest<HTMLElement>('[data-mark]') ?? null
  }
  if (!over.length) return
  const now = over.indexOf(selectedId.peek() ?? '')
  select(over[(now + 1) % over.length] ?? null)
}

interface TextLineProps {
  line: Line
  segments: readonly Segment[]
  drawn: Drawn
  /** The chosen statement, if it stands in this line. */
  chosen: string | null
}

/** Drawn again only if something in it changed: with thousands of statements the rest must stay as it is. */
function TextLine({ line, segments, drawn, chosen }: TextLineProps) {
  const book = parties.value
  return useMemo(() => {
    const pieces = segments.map((segment) => <Piece key={segment.start} {...{ segment, drawn, chosen }} />)
    if (line.label === 'heading') return <h2>{pieces}</h2>
    const reason = RESIDUE[line.label]
    if (!reason) return <p>{pieces}</p>
    return (
      <div class="residue">
        <p>{pieces}</p>
        <p class="residue-why">{reason}</p>
      </div>
    )
  }, [line, segments, drawn, chosen, book])
}

function Piece({ segment, drawn, chosen }: { segment: Segment; drawn: Drawn; chosen: string | null }) {
  const text = drawn.offsets.slice(segment.start, segment.end)
  // Inside out: every statement that covers the piece wraps it, and draws its line in its own lane.
  let piece: JSX.Element = <span data-start={segment.start}>{text}</span>
  for (const id of [...segment.covers].reverse()) {
    const row = drawn.statements.get(id)
    if (row) piece = <span class={markClass(row, drawn.lanes.get(id) ?? 0, id === chosen)} data-mark={id}>{piece}</span>
  }
  return (
    <>
      {segment.opens.map((id) => {
        const row = drawn.statements.get(id)
        return row && <Glyph key={id} row={row} chosen={id === chosen} />
      })}
      {piece}
    </>
  )
}

function markClass(row: Statement, lane: number, isChosen: boolean): string {
  const judged = row.state === 'proposed' ? 'mark-proposed' : 'mark-accepted'
  const chosen = isChosen ? ' mark-chosen' : ''
  return `mark ${judged} lane-${Math.min(lane, 3)} ${partyClass(parties.value.number(row.actors[0]))}${chosen}`
}

/** Where a statement begins: the party's letter and the glyph of the type; a button, for the keyboard. */
function Glyph({ row, chosen }: { row: Statement; chosen: boolean }) {
  const book = parties.value
  const letters = row.actors.map((name) => book.letter(name)).join('')
  return (
    <button
      type="button"
      class={`glyph ${partyClass(book.number(row.actors[0]))} glyph-${row.state}`}
      data-glyph={row.id}
      tabIndex={chosen ? 0 : -1}
      aria-pressed={chosen}
      onClick={(event) => {
        event.stopPropagation()
        select(row.id)
      }}
    >
      <span aria-hidden="true">{letters}{glyphOf(row.type)}</span>
      <span class="unseen">{`${row.type}, ${STATE_WORDS[row.state]}: ${whoToWhom(row)}`}</span>
    </button>
  )
}
