/** Moving an item of a list by dragging its handle: where it would be dropped, from where the others stand. */

export interface Box {
  top: number
  height: number
}

/** The place that an item dragged to `y` would take in the list without it. */
export function dropPlace(boxes: readonly Box[], dragged: number, y: number): number {
  let place = 0
  boxes.forEach((box, k) => {
    if (k !== dragged && y > box.top + box.height / 2) place++
  })
  return place
}

/** Return the list with one item moved to a place counted without it. */
export function relocated<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = [...items]
  const [item] = rest.splice(from, 1)
  if (item !== undefined) rest.splice(to, 0, item)
  return rest
}

/** Return tiers with one state moved a step: past its neighbour tier, or out of the one it shares. */
export function stepped(tiers: readonly (readonly string[])[], state: string, way: 'up' | 'down'): string[][] | null {
  const at = tiers.findIndex((tier) => tier.includes(state))
  if (at < 0) return null
  const rest = tiers.map((tier) => tier.filter((one) => one !== state))
  const alone = rest[at]?.length === 0
  const next = at + (way === 'up' ? -1 : 1)
  if (alone && (next < 0 || next >= tiers.length)) return null
  // Out of a shared tier: just above or below it. Alone: past the neighbour.
  const before = alone ? next + (way === 'up' ? 0 : 1) : at + (way === 'up' ? 0 : 1)
  const moved = [...rest.slice(0, before), [state], ...rest.slice(before)]
  return moved.filter((tier) => tier.length > 0)
}

/** Return tiers with one state put level with the tier above it. */
export function levelled(tiers: readonly (readonly string[])[], state: string): string[][] | null {
  const at = tiers.findIndex((tier) => tier.includes(state))
  if (at < 1) return null
  return tiers
    .map((tier, k) => (k === at - 1 ? [...tier, state] : tier.filter((one) => one !== state)))
    .filter((tier) => tier.length > 0)
}
