/**
 * Offsets of the API count Unicode code points; strings of the browser count UTF-16 units.
 * The two differ after the first character beyond U+FFFF, for instance an emoji.
 */

export class Offsets {
  /** Code point offset -> UTF-16 offset; null where the two are the same throughout. */
  private readonly units: Uint32Array | null

  constructor(readonly text: string) {
    this.units = /[\u{10000}-\u{10FFFF}]/u.test(text) ? unitsOf(text) : null
  }

  /** Return the UTF-16 offset of a code point; offsets past the end give the end. */
  toUnits(point: number): number {
    if (!this.units) return Math.min(point, this.text.length)
    return this.units[Math.min(point, this.units.length - 1)] ?? this.text.length
  }

  /** Return the number of the code point that holds a UTF-16 unit. */
  toPoints(unit: number): number {
    if (!this.units) return Math.min(unit, this.text.length)
    let low = 0
    let high = this.units.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.units[middle] ?? 0) <= unit) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Return the text between two code points. */
  slice(start: number, end: number): string {
    return this.text.slice(this.toUnits(start), this.toUnits(end))
  }

  /** How many code points there are. */
  get length(): number {
    return this.units ? this.units.length - 1 : this.text.length
  }
}

function unitsOf(text: string): Uint32Array {
  const units: number[] = []
  let unit = 0
  for (const character of text) {
    units.push(unit)
    unit += character.length
  }
  units.push(unit)
  return Uint32Array.from(units)
}

/** Return a span without the blanks at its ends, or null if nothing is left. */
export function trimmed(offsets: Offsets, start: number, end: number): { start: number; end: number } | null {
  const text = offsets.slice(start, end)
  const lead = [...(text.match(/^\s*/u)?.[0] ?? '')].length
  const tail = [...(text.match(/\s*$/u)?.[0] ?? '')].length
  const [from, to] = [start + lead, end - tail]
  return from < to ? { start: from, end: to } : null
}

/** Return where the word boundary before or after a place is: for moving the end of a span by words. */
export function nextWord(offsets: Offsets, from: number, way: 1 | -1, edge: 'start' | 'end'): number {
  const isWord = (point: number) => /[\p{L}\p{N}’'-]/u.test(offsets.slice(point, point + 1))
  let at = from + way
  while (at > 0 && at < offsets.length) {
    const boundary = edge === 'start' ? isWord(at) && !isWord(at - 1) : isWord(at - 1) && !isWord(at)
    if (boundary) return at
    at += way
  }
  return Math.max(0, Math.min(at, offsets.length))
}
