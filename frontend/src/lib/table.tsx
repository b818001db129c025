/** A table that sorts by any column, by mouse or keyboard, and tells screen readers how. */

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { announce } from './live'

export interface Column<Row> {
  key: string
  head: ComponentChildren
  /** Spoken when the table is sorted by this column; needed if `head` is no string. */
  name?: string
  cell: (row: Row) => ComponentChildren
  /** What to sort by; without it the column does not sort. */
  by?: (row: Row) => string | number | null
  /** Aligns right, digits of one width. */
  figures?: boolean
  /** The cell that names the row. */
  heads?: boolean
}

interface TableProps<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  id: (row: Row) => string
  chosen?: string | null
  onChoose?: (row: Row) => void
}

interface Order {
  key: string
  down: boolean
}

export function Table<Row>({ caption, columns, rows, id, chosen, onChoose }: TableProps<Row>) {
  const [order, setOrder] = useState<Order | null>(null)
  const sort = (column: Column<Row>) => {
    const down = order?.key === column.key && !order.down
    setOrder({ key: column.key, down })
    const name = column.name ?? (typeof column.head === 'string' ? column.head : column.key)
    announce(`Sorted by ${name}, ${down ? 'descending' : 'ascending'}`)
  }
  return (
    <div class="table-room" role="group" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onSort={() => sort(column)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered(rows, columns, order).map((row) => (
            <tr
              key={id(row)}
              class={chosen === id(row) ? 'chosen' : undefined}
              aria-current={chosen === id(row) ? 'true' : undefined}
              onClick={onChoose && (() => onChoose(row))}
            >
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} onChoose={onChoose} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface HeadProps<Row> {
  column: Column<Row>
  order: Order | null
  onSort: () => void
}

function Head<Row>({ column, order, onSort }: HeadProps<Row>) {
  const shape = column.figures ? 'figures' : undefined
  if (!column.by) return <th scope="col" class={shape}>{column.head}</th>
  const mine = order?.key === column.key ? order : null
  return (
    <th scope="col" class={shape} aria-sort={mine ? (mine.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="sort" onClick={onSort}>
        {column.head}
        <span class="sort-mark" aria-hidden="true">{mine ? (mine.down ? '▾' : '▴') : '▿'}</span>
      </button>
    </th>
  )
}

interface CellProps<Row> {
  column: Column<Row>
  row: Row
  onChoose: ((row: Row) => void) | undefined
}

/** A row that can be chosen has a button in the cell that names it, for the keyboard. */
function Cell<Row>({ column, row, onChoose }: CellProps<Row>) {
  const shape = column.figures ? 'figures' : undefined
  if (!column.heads) return <td class={shape}>{column.cell(row)}</td>
  return (
    <th scope="row" class={shape}>
      {onChoose ? (
        <button type="button" class="row-button" onClick={() => onChoose(row)}>{column.cell(row)}</button>
      ) : (
        column.cell(row)
      )}
    </th>
  )
}

function ordered<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null) {
  const by = order && columns.find((column) => column.key === order.key)?.by
  if (!by) return rows
  const sign = order.down ? -1 : 1
  return [...rows].sort((one, other) => sign * compare(by(one), by(other)))
}

/** What is not known comes last when ascending. */
function compare(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one).localeCompare(String(other), 'en', { numeric: true })
}
