/** Which changes of level a party can make alone, in words and as arcs. */

import type { Moves, Option } from './shapes'

export type Arc = readonly [from: string, to: string]

export const MOVE_WORDS: Record<Exclude<Moves, 'arcs'>, string> = {
  both: 'can be done and taken back',
  forward: 'cannot be taken back',
  back: 'can only be taken back',
}

/** What an option's owner can do alone, in words: "cannot be taken back", "none → partial, partial → none". */
export function movesInWords(option: Option): string {
  if (option.moves !== 'arcs') return MOVE_WORDS[option.moves]
  if (option.arcs.length === 0) return 'cannot be changed'
  const word = (id: string): string => option.levels.find((level) => level.id === id)?.words ?? id
  return [...grouped(option.arcs)].map(([from, to]) => `${word(from)} → ${to.map(word).join(' or ')}`).join(', ')
}

function grouped(arcs: readonly Arc[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [from, to] of arcs) found.set(from, [...(found.get(from) ?? []), to])
  return found
}

/** Return the arcs with one put in or taken out, in the order of the levels. */
export function toggled(arcs: readonly Arc[], from: string, to: string, levels: readonly string[]): Arc[] {
  const has = arcs.some((arc) => arc[0] === from && arc[1] === to)
  const kept = has ? arcs.filter((arc) => arc[0] !== from || arc[1] !== to) : [...arcs, [from, to] as const]
  const place = (id: string): number => levels.indexOf(id)
  return [...kept].sort((a, b) => place(a[0]) - place(b[0]) || place(a[1]) - place(b[1]))
}
