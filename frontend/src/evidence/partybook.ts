/** Which colour and letter a party has in a view. */

import { COLOURS, partyLetters } from '../lib/party'

export interface PartyBook {
  /** The parties of the view, those most named in the workspace first. */
  names: readonly string[]
  number: (name: string | undefined) => number
  letter: (name: string | undefined) => string
}

/**
 * Number the parties of a view.
 *
 * The parties most named in the workspace keep their colours from text to text; the others take
 * what is free, so that within a view no two look alike as long as the colours last.
 *
 * @param named the parties of the view, in any order, repeats allowed
 * @param order the parties of the workspace, most named first
 */
export function bookOf(named: readonly string[], order: readonly string[]): PartyBook {
  const places = new Map(order.map((name, place) => [name, place]))
  const placeOf = (name: string) => places.get(name) ?? order.length
  const names = [...new Set(named)].sort((one, other) => placeOf(one) - placeOf(other))
  const numbers = new Map(names.filter((name) => placeOf(name) < COLOURS && places.has(name)).map((name) => [name, placeOf(name)]))
  const free = [...Array(COLOURS).keys()].filter((number) => ![...numbers.values()].includes(number))
  const others = names.filter((name) => !numbers.has(name))
  others.forEach((name, k) => numbers.set(name, free[k] ?? k % COLOURS))
  const letters = partyLetters(names)
  return {
    names,
    // Nobody named: the last colour, the least colourful.
    number: (name) => numbers.get(name ?? '') ?? COLOURS - 1,
    letter: (name) => letters.get(name ?? '') ?? '',
  }
}
