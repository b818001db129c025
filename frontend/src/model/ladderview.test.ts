import { describe, expect, it } from 'vitest'
import { decides, pieces } from './ladderview'
import type { Tier } from './shapes'

const tier = (place: number, index: number | null = null): Tier => ({
  place,
  states: [{ code: String(place), words: String(place), statusQuo: false, target: false }],
  above: index === null ? null : { index, statement: `s${index}`, words: null, evidence: [] },
})
const many = (count: number): Tier[] => Array.from({ length: count }, (_, k) => tier(k))
const told = (found: ReturnType<typeof pieces>): string =>
  found.map((piece) => ('tier' in piece ? piece.tier.place : `(${piece.hidden.join('-')})`)).join(' ')

describe('pieces', () => {
  it('shows a short ladder whole', () => expect(told(pieces(many(5), 5, () => false, new Set()))).toBe('0 1 2 3 4'))
  it('shows ends and neighbourhoods of a long one', () => {
    const found = pieces(many(100), 100, (one) => one.place === 50, new Set([20]))
    expect(told(found)).toBe('0 1 2 3 (4-19) 20 (21-47) 48 49 50 51 52 (53-97) 98 99')
  })
  it('counts what the server left out', () => {
    expect(told(pieces([...many(3), tier(40)], 60, () => false, new Set()))).toBe('0 1 2 (3-39) 40 (41-59)')
  })
})

describe('decides', () => {
  const tiers = [tier(0, 2), tier(1, 0), tier(2, 3), tier(3)]
  it('is the neighbour statement between neighbours', () => expect(decides(tiers, 2, 3)?.index).toBe(3))
  it('is the most important one on the way', () => {
    expect(decides(tiers, 0, 3)?.index).toBe(0)
    expect(decides(tiers, 0, 1)?.index).toBe(2)
  })
  it('is unknown where a tier between is missing', () => expect(decides([tier(0, 2), tier(2, 1), tier(3)], 0, 3)).toBeNull())
})
