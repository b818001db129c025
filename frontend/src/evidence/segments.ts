/** Cuts a line of text where statements begin and end, so that each piece knows which ones cover it. */

export interface Mark {
  id: string
  start: number
  end: number
}

export interface Segment {
  start: number
  end: number
  /** The marks over this piece, the outermost first. */
  covers: readonly string[]
  /** The marks whose first piece this is. */
  opens: readonly string[]
}

/** Marks that begin first come first; of two that begin together, the longer one: the outer one. */
export function inOrder<M extends Mark>(marks: readonly M[]): M[] {
  return [...marks].sort((one, other) => one.start - other.start || other.end - one.end)
}

/**
 * Cut the range from `start` to `end`.
 *
 * A mark that began in an earlier line covers but does not open. Marks without length are left out.
 */
export function segmentsOf(start: number, end: number, marks: readonly Mark[]): Segment[] {
  const here = inOrder(marks.filter((mark) => mark.start < end && mark.end > start && mark.start < mark.end))
  const cuts = new Set([start, end])
  for (const mark of here) {
    if (mark.start > start) cuts.add(mark.start)
    if (mark.end < end) cuts.add(mark.end)
  }
  const places = [...cuts].sort((one, other) => one - other)
  return places.slice(0, -1).map((from, k) => {
    const to = places[k + 1] ?? end
    const over = here.filter((mark) => mark.start <= from && mark.end >= to)
    return {
      start: from,
      end: to,
      covers: over.map((mark) => mark.id),
      opens: over.filter((mark) => mark.start === from).map((mark) => mark.id),
    }
  })
}

/**
 * Give each mark a lane, so that underlines of overlapping statements lie under one another:
 * the lowest lane that no mark covering its beginning holds.
 */
export function lanesOf(marks: readonly Mark[]): Map<string, number> {
  const lanes = new Map<string, number>()
  let open: Mark[] = []
  for (const mark of inOrder(marks)) {
    open = open.filter((other) => other.end > mark.start)
    const taken = new Set(open.map((other) => lanes.get(other.id)))
    let lane = 0
    while (taken.has(lane)) lane += 1
    lanes.set(mark.id, lane)
    open.push(mark)
  }
  return lanes
}
