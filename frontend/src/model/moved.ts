/** What moved past what between two orders of states, best first; ties share a tier. */

export type Tiers = readonly (readonly string[])[]

export interface Shift {
  /** The state that moved. */
  state: string
  /** Where it went, seen from the states it passed. */
  way: 'up' | 'down'
  /** The states it passed, best first in the new order; they were level with it, or on its other side. */
  past: string[]
  /** True if the passed states are level with it now. */
  level: boolean
}

/** Larger orders are not compared pair by pair: the server's words have to do. */
const MOST_STATES = 600
/** An order that changed in more pairs than this is another order: no list of shifts would tell it. */
const MOST_PAIRS = 2_000

/** Return the tier of every state, 0 for the best. */
export function ranks(tiers: Tiers): Map<string, number> {
  const found = new Map<string, number>()
  tiers.forEach((tier, k) => tier.forEach((state) => found.set(state, k)))
  return found
}

/**
 * Return the fewest shifts, roughly, that tell how one order became the other: the state that changed
 * places with most others is told first, and its pairs are not told again.
 */
export function shifts(before: Tiers, after: Tiers): Shift[] {
  const old = ranks(before)
  const now = ranks(after)
  const states = [...now.keys()].filter((state) => old.has(state))
  if (states.length > MOST_STATES) return []
  const was = Int32Array.from(states, (state) => old.get(state) ?? 0)
  const is = Int32Array.from(states, (state) => now.get(state) ?? 0)
  const left = new Map<string, Set<string>>()
  let pairs = 0
  for (let i = 0; i < states.length; i++) {
    for (let k = i + 1; k < states.length; k++) {
      if (Math.sign(at(was, i) - at(was, k)) === Math.sign(at(is, i) - at(is, k))) continue
      if (++pairs > MOST_PAIRS) return []
      const [one, other] = [states[i] ?? '', states[k] ?? '']
      add(left, one, other)
      add(left, other, one)
    }
  }
  const told: Shift[] = []
  while (left.size > 0) {
    const state = busiest(left, now)
    const partners = [...(left.get(state) ?? [])]
    for (const way of ['up', 'down'] as const) {
      for (const level of [false, true]) {
        const past = partners.filter((other) => direction(old, now, state, other) === way && (side(now, state, other) === 0) === level)
        past.sort((a, b) => (now.get(a) ?? 0) - (now.get(b) ?? 0))
        if (past.length > 0) told.push({ state, way, past, level })
      }
    }
    for (const other of partners) left.get(other)?.delete(state)
    left.delete(state)
    for (const [key, others] of left) if (others.size === 0) left.delete(key)
  }
  return told
}

/** How far a state is from another: negative if better, 0 if level. */
function side(order: Map<string, number>, one: string, other: string): number {
  return Math.sign((order.get(one) ?? 0) - (order.get(other) ?? 0))
}

function direction(old: Map<string, number>, now: Map<string, number>, one: string, other: string): 'up' | 'down' {
  return side(now, one, other) < side(old, one, other) ? 'up' : 'down'
}

const at = (numbers: Int32Array, k: number): number => numbers[k] ?? 0

function add(pairs: Map<string, Set<string>>, one: string, other: string): void {
  const known = pairs.get(one)
  if (known) known.add(other)
  else pairs.set(one, new Set([other]))
}

function busiest(left: Map<string, Set<string>>, now: Map<string, number>): string {
  let best = ''
  let most = -1
  for (const [state, others] of left) {
    const better = others.size > most || (others.size === most && (now.get(state) ?? 0) < (now.get(best) ?? 0))
    if (better) {
      best = state
      most = others.size
    }
  }
  return best
}

/** Return shifts as sentences: "Full exchange (11) moved above withdrawal alone (10)." */
export function shiftSentences(found: readonly Shift[], name: (state: string) => string, most = 3): string[] {
  const told = found.slice(0, most).map((shift) => {
    const others = joined(shift.past.map(name), 2)
    const moved = shift.level
      ? `is now level with ${others}`
      : `moved ${shift.way === 'up' ? 'above' : 'below'} ${others}`
    const own = name(shift.state)
    return `${own === shift.state ? own : capital(own)} ${moved}.`
  })
  const rest = found.length - told.length
  if (rest > 0) told.push(`${rest === 1 ? 'One more state' : `${rest} more states`} changed places.`)
  return told
}

/** Return "a, b and c", or "a, b and 7 more". */
export function joined(items: readonly string[], most = 3, last = 'and'): string {
  const words = items.length > most + 1 ? [...items.slice(0, most), `${items.length - most} more`] : [...items]
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
