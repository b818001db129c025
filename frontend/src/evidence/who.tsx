/** Who to whom, each party with its mark. */

import { partyClass } from '../lib/party'
import type { Statement } from '../lib/types'
import type { PartyBook } from './partybook'

export function Who({ row, book }: { row: Pick<Statement, 'actors' | 'targets'>; book: PartyBook }) {
  return (
    <p class="who">
      {row.actors.length ? row.actors.map((name) => <Party key={name} name={name} book={book} />) : 'nobody named'}
      {row.targets.length > 0 && <span class="who-arrow" aria-label="to">→</span>}
      {row.targets.map((name) => <Party key={name} name={name} book={book} />)}
    </p>
  )
}

export function Party({ name, book }: { name: string; book: PartyBook }) {
  return (
    <span class={`party ${partyClass(book.number(name))}`}>
      <span class="party-letter" aria-hidden="true">{book.letter(name)}</span>
      {name}
    </span>
  )
}
