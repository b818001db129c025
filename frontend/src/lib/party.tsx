/** A party's mark: its colour and, because colour is never the only mark, its letter. */

/** How many parties have a colour of their own. */
export const COLOURS = 8

/** Class that sets `--party` (and `--on-party` for text on it); the same colours as the figures. */
export const partyClass = (number: number): string => `party-${((number % COLOURS) + COLOURS) % COLOURS}`

/** A letter for each party: the first of its name that is free, else any (report/stances.py). */
export function partyLetters(parties: readonly string[]): Map<string, string> {
  const marks = new Map<string, string>()
  const spare = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
  for (const party of parties) {
    const wanted = [...party].filter((c) => /\p{L}/u.test(c)).map((c) => c.toUpperCase())
    const taken = new Set(marks.values())
    const letter = [...wanted, ...spare].find((c) => [...c].length === 1 && !taken.has(c))
    marks.set(party, letter ?? String(marks.size + 1))
  }
  return marks
}

interface PartyMarkProps {
  number: number
  letter: string
  name?: string
}

/** The letter on the party's colour; with `name`, the name beside it. */
export function PartyMark({ number, letter, name }: PartyMarkProps) {
  return (
    <span class={`party ${partyClass(number)}`}>
      <span class="party-letter" aria-hidden="true">{letter}</span>
      {name}
    </span>
  )
}
