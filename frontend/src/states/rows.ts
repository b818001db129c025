/** The rows of the table of states: filtering, sorting, the marks of its cells. */

export interface StateRow {
  code: string
  label: string | null
  words: string
  /** Party id -> rank of the state in its order, 1 for the best. */
  rank: Record<string, number>
  /** Concept id -> the parties that would stay. */
  stable: Record<string, string[]>
  /** The concepts under which all would stay. */
  equilibrium: string[]
  statusQuo: boolean
  zone: boolean
  target: boolean
}

export type SortKey = 'code' | 'words' | `rank:${string}` | `stable:${string}`

export interface Order {
  key: SortKey
  down: boolean
}

export interface Filter {
  text: string
  /** Only states that would last under this concept; `any` for under one at least. */
  lasts: string
  /** Only states that suit all at the table. */
  zone: boolean
}

export const NO_FILTER: Filter = { text: '', lasts: '', zone: false }

/** Return the rows that pass a filter. A code matches from its start, `-` standing for any level. */
export function filtered(rows: readonly StateRow[], filter: Filter): StateRow[] {
  const words = filter.text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (filter.zone && !row.zone) return false
    if (filter.lasts === 'any' && row.equilibrium.length === 0) return false
    if (filter.lasts && filter.lasts !== 'any' && !row.equilibrium.includes(filter.lasts)) return false
    const text = `${row.words} ${row.label ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word) || fits(row.code.toLowerCase(), word))
  })
}

function fits(code: string, pattern: string): boolean {
  if (pattern.length > code.length) return false
  return [...pattern].every((mark, k) => mark === '-' || mark === code[k])
}

/** Return the rows in an order; ties keep the order of codes. */
export function sorted(rows: readonly StateRow[], order: Order, parties: number): StateRow[] {
  const sign = order.down ? -1 : 1
  const value = valueOf(order.key, parties)
  return rows
    .map((row, k) => ({ row, k, value: value(row) }))
    .sort((a, b) => sign * compare(a.value, b.value) || a.k - b.k)
    .map((item) => item.row)
}

function valueOf(key: SortKey, parties: number): (row: StateRow) => string | number {
  if (key === 'code') return (row) => row.code
  if (key === 'words') return (row) => row.words.toLowerCase()
  const at = key.indexOf(':')
  const what = key.slice(at + 1)
  if (key.startsWith('rank:')) return (row) => row.rank[what] ?? Number.MAX_SAFE_INTEGER
  // The most stable first: where all would stay, then by how many would.
  return (row) => (row.equilibrium.includes(what) ? -1 - parties : -(row.stable[what]?.length ?? 0))
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

/** Return the mark of a cell as in the terminal's tables: "●UT", "U·". */
export function mark(row: StateRow, concept: string, letters: readonly { id: string; letter: string }[]): string {
  const stay = row.stable[concept]
  if (!stay) return ''
  const inside = letters.map(({ id, letter }) => (stay.includes(id) ? letter : '·')).join('')
  return row.equilibrium.includes(concept) ? `●${inside}` : inside
}

/** Return a cell in words: "United States would stay; Taliban would leave". */
export function cellWords(row: StateRow, concept: string, parties: readonly { id: string; name: string }[]): string {
  const stay = row.stable[concept] ?? []
  if (stay.length === parties.length) return 'everybody would stay'
  if (stay.length === 0) return 'everybody would leave'
  const leave = parties.filter((party) => !stay.includes(party.id)).map((party) => party.name)
  return `${leave.join(', ')} would leave`
}
