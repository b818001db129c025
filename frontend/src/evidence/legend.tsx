/** What the marks in the text mean; folded away, because one needs it once. */

import { Party } from './who'
import { TYPES } from './words'
import { parties, type Doc } from './work'

export function Legend({ doc }: { doc: Doc }) {
  const book = parties.value
  const acting = book.names.filter((name) => doc.statements.some(({ actors }) => actors.includes(name)))
  const types = Object.entries(TYPES).filter(([type]) => doc.statements.some((row) => row.type === type))
  return (
    <details class="legend">
      <summary>What the marks mean</summary>
      <p class="legend-parties">{acting.map((name) => <Party key={name} name={name} book={book} />)}</p>
      <dl>
        {types.map(([type, { glyph, meaning }]) => (
          <div key={type}>
            <dt><span aria-hidden="true">{glyph} </span>{type}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        Underlined with <span class="mark mark-proposed legend-line">dots</span>: proposed by the reader, not judged yet. With
        a <span class="mark mark-accepted legend-line">line</span>: accepted. Rejected ones stand in the list only. Grey text is no part of the article.
      </p>
    </details>
  )
}
