/** The table of states: sorts, filters, shows only the rows in view; arrow keys move, Enter opens Why. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { announce } from '../lib/live'
import { partyClass } from '../lib/party'
import { go } from '../lib/router'
import { chooseState, selectedState } from '../lib/store'
import { Tooltip } from '../lib/ui'
import type { StatesPage } from '../model/adapt'
import type { Party } from '../model/shapes'
import { cellWords, sorted, type Order, type SortKey, type StateRow } from './rows'

/** Heights of a row: words on one line, or on two where they are long. */
const LOW = 44
const HIGH = 58
const LONG = 34
const SPARE = 8

interface StateTableProps {
  id: string
  page: StatesPage
  rows: readonly StateRow[]
  parties: readonly Party[]
}

interface Column {
  key: SortKey
  name: string
  head: preact.ComponentChildren
}

export function StateTable({ id, page, rows, parties }: StateTableProps) {
  const [order, setOrder] = useState<Order>({ key: 'code', down: false })
  const [at, setAt] = useState({ row: 0, column: 0 })
  const [view, setView] = useState({ from: 0, count: 30 })
  const room = useRef<HTMLDivElement>(null)
  const refocus = useRef(false)
  const shown = useMemo(() => sorted(rows, order, parties.length), [rows, order, parties.length])
  const columns = useMemo(() => columnsOf(page, parties), [page, parties])
  const high = useMemo(() => (page.rows.some((one) => one.words.length > LONG) ? HIGH : LOW), [page])
  const row = Math.min(at.row, Math.max(0, shown.length - 1))

  const measure = () => {
    const box = room.current
    if (!box) return
    setView({ from: Math.max(0, Math.floor(box.scrollTop / high) - SPARE), count: Math.ceil(box.clientHeight / high) + 2 * SPARE })
  }
  useLayoutEffect(measure, [shown.length])
  useEffect(() => {
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  // A state chosen elsewhere comes into view; one chosen here is in view already.
  const chosen = selectedState.value
  useEffect(() => {
    const k = chosen === null ? -1 : shown.findIndex((one) => one.code === chosen)
    if (k < 0) return
    setAt((now) => ({ ...now, row: k }))
    reveal(room.current, k, high)
  }, [chosen, shown])
  useLayoutEffect(() => {
    if (!refocus.current) return
    refocus.current = false
    room.current?.querySelector<HTMLElement>('[tabindex="0"][data-cell]')?.focus({ preventScroll: true })
  })

  const moveTo = (to: { row: number; column: number }) => {
    const next = { row: clamp(to.row, shown.length), column: clamp(to.column, columns.length) }
    refocus.current = true
    reveal(room.current, next.row, high)
    measure()
    setAt(next)
  }
  const open = (one: StateRow, column: number, party?: string) => {
    const key = columns[column]?.key ?? 'words'
    const concept = key.startsWith('stable:') ? key.slice(7) : undefined
    const asked = party ?? (key.startsWith('rank:') ? key.slice(5) : undefined)
    go('why', id, { state: one.code, ...(concept && { concept }), ...(asked && { party: asked }) })
  }
  const keys = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((room.current?.clientHeight ?? 0) / high) - 2)
    const steps: Record<string, [number, number]> = {
      ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0],
    }
    const step = steps[event.key]
    const now = shown[row]
    if (step) moveTo({ row: row + step[0], column: at.column + step[1] })
    else if (event.key === 'Home') moveTo({ row: event.ctrlKey ? 0 : row, column: 0 })
    else if (event.key === 'End') moveTo({ row: event.ctrlKey ? shown.length - 1 : row, column: columns.length - 1 })
    else if (event.key === 'Enter' && now) open(now, at.column)
    else if (event.key === ' ' && now) chooseState(now.code === chosen ? null : now.code)
    else return
    event.preventDefault()
  }
  const sort = (column: Column) => {
    const down = order.key === column.key && !order.down
    setOrder({ key: column.key, down })
    announce(`Sorted by ${column.name}${down ? ', the other way round' : ''}`)
  }
  const last = Math.min(shown.length, view.from + view.count)
  return (
    <div class={high === HIGH ? 'states-room states-high' : 'states-room'} ref={room} onScroll={measure}>
      <table role="grid" class="states-table" aria-label="States" aria-rowcount={shown.length + 1} aria-colcount={columns.length}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, k) => (
              <th key={column.key} scope="col" class={k === 0 ? 'states-name' : 'states-cell'} aria-sort={order.key !== column.key ? 'none' : order.down ? 'descending' : 'ascending'}>
                <button type="button" class="sort" onClick={() => sort(column)} aria-label={`Sort by ${column.name}`}>
                  {column.head}
                  <span class="sort-mark" aria-hidden="true">{order.key === column.key ? (order.down ? '▾' : '▴') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={keys}>
          {view.from > 0 && <tr aria-hidden="true" class="states-spare"><td style={{ height: `${view.from * high}px` }} colSpan={columns.length} /></tr>}
          {shown.slice(view.from, last).map((one, n) => (
            <Row
              key={one.code}
              row={one}
              place={view.from + n}
              at={view.from + n === row ? at.column : null}
              columns={columns}
              parties={parties}
              chosen={one.code === chosen}
              onPick={(column) => {
                setAt({ row: view.from + n, column })
                chooseState(one.code)
              }}
              onOpen={(column, party) => open(one, column, party)}
            />
          ))}
          {last < shown.length && <tr aria-hidden="true" class="states-spare"><td style={{ height: `${(shown.length - last) * high}px` }} colSpan={columns.length} /></tr>}
        </tbody>
      </table>
    </div>
  )
}

const clamp = (value: number, length: number): number => Math.max(0, Math.min(value, length - 1))

/** Scroll so that a row is in view under the fixed head. */
function reveal(box: HTMLElement | null, row: number, high: number): void {
  if (!box) return
  const top = row * high
  if (top < box.scrollTop) box.scrollTop = top
  else if (top + 2 * high > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * high - box.clientHeight
}

function columnsOf(page: StatesPage, parties: readonly Party[]): Column[] {
  return [
    { key: 'code', name: 'state', head: 'State' },
    ...page.concepts.map((concept): Column => ({
      key: `stable:${concept.id}`,
      name: `stability under ${concept.short}`,
      head: (
        <Tooltip words={`${concept.short} ${concept.gloss}. ${concept.equilibria.toLocaleString('en')} would last.`} focusable={false}>
          <span class="gloss">{concept.short}</span>
        </Tooltip>
      ),
    })),
    ...parties.map((party): Column => ({
      key: `rank:${party.id}`,
      name: `the order of ${party.name}`,
      head: (
        <Tooltip words={`Place in the order of ${party.name}, 1 the best`} focusable={false}>
          <span class={`party ${partyClass(party.colour)}`}><span class="party-letter">{party.letter}</span></span>
        </Tooltip>
      ),
    })),
  ]
}

interface RowProps {
  row: StateRow
  place: number
  at: number | null
  columns: readonly Column[]
  parties: readonly Party[]
  chosen: boolean
  onPick: (column: number) => void
  onOpen: (column: number, party?: string) => void
}

function Row({ row, place, at, columns, parties, chosen, onPick, onOpen }: RowProps) {
  const tags = [row.statusQuo && 'now', row.target && 'target', row.zone && !row.target && 'suits all'].filter(Boolean)
  return (
    <tr class={`${chosen ? 'chosen' : ''}${row.zone ? ' in-zone' : ''}`} aria-rowindex={place + 2} aria-selected={chosen}>
      {columns.map(({ key }, k) => {
        const cell = { 'data-cell': k, tabIndex: at === k ? 0 : -1 }
        if (k === 0) {
          return (
            <th key={key} scope="row" class="states-name" {...cell} title={row.words} onClick={() => onPick(k)} onDblClick={() => onOpen(k)}>
              <span class="states-words">
                {row.statusQuo && <span aria-hidden="true">▸ </span>}
                {row.words}
              </span>
              {(row.words !== row.code || tags.length > 0) && (
                <span class="states-under">
                  {row.words !== row.code && <span class="code">{row.code}</span>}
                  {tags.map((tag) => <span class="tag" key={String(tag)}>{tag}</span>)}
                </span>
              )}
            </th>
          )
        }
        if (key.startsWith('rank:')) {
          const party = parties.find((one) => one.id === key.slice(5))
          return (
            <td key={key} class="states-cell figures" {...cell} onClick={() => onPick(k)}>
              <span class="unseen">{party?.name}, place </span>{row.rank[key.slice(5)] ?? '–'}
            </td>
          )
        }
        const concept = key.slice(7)
        return (
          <td
            key={key}
            class="states-cell verdict"
            {...cell}
            title={`${cellWords(row, concept, parties)}. Enter or click: why`}
            onClick={(event) => onOpen(k, (event.target as HTMLElement).dataset.party)}
          >
            <Mark row={row} concept={concept} parties={parties} />
            <span class="unseen">{cellWords(row, concept, parties)}</span>
          </td>
        )
      })}
    </tr>
  )
}

function Mark({ row, concept, parties }: { row: StateRow; concept: string; parties: readonly Party[] }) {
  const stay = row.stable[concept] ?? []
  return (
    <span class="verdict-mark" aria-hidden="true">
      <span class="verdict-all">{row.equilibrium.includes(concept) ? '●' : ''}</span>
      {parties.map((party) => (
        <span key={party.id} data-party={party.id} class={stay.includes(party.id) ? 'verdict-stays' : 'verdict-leaves'}>
          {stay.includes(party.id) ? party.letter : '·'}
        </span>
      ))}
    </span>
  )
}
