import { describe, expect, it } from 'vitest'
import { joined, shiftSentences, shifts } from './moved'

const name = (state: string): string => ({ '11': 'full exchange (11)', '10': 'withdrawal alone (10)' })[state] ?? `(${state})`

describe('shifts', () => {
  it('finds nothing when the order stays', () => {
    expect(shifts([['a'], ['b', 'c']], [['a'], ['c', 'b']])).toEqual([])
  })

  it('tells a swap of neighbours once, as the one that is better now', () => {
    const found = shifts([['10'], ['11'], ['00'], ['01']], [['11'], ['10'], ['00'], ['01']])
    expect(found).toEqual([{ state: '11', way: 'up', past: ['10'], level: false }])
    expect(shiftSentences(found, name)).toEqual(['Full exchange (11) moved above withdrawal alone (10).'])
  })

  it('tells one state that passed many as one shift', () => {
    const found = shifts([['a'], ['b'], ['c'], ['d']], [['d'], ['a'], ['b'], ['c']])
    expect(found).toEqual([{ state: 'd', way: 'up', past: ['a', 'b', 'c'], level: false }])
    expect(shiftSentences(found, (s) => s)).toEqual(['d moved above a, b and c.'])
  })

  it('tells a tie that arises', () => {
    const found = shifts([['a'], ['b']], [['a', 'b']])
    expect(found).toHaveLength(1)
    expect(found[0]?.level).toBe(true)
    expect(shiftSentences(found, (s) => s)[0]).toMatch(/^[ab] is now level with [ab]\.$/)
  })

  it('tells a tie that breaks', () => {
    const found = shifts([['a', 'b']], [['b'], ['a']])
    expect(found).toEqual([{ state: 'b', way: 'up', past: ['a'], level: false }])
  })

  it('ignores states that only one order has', () => {
    expect(shifts([['a'], ['x']], [['a'], ['y']])).toEqual([])
  })

  it('every changed pair is told exactly once', () => {
    const before = [['a'], ['b'], ['c'], ['d'], ['e']]
    const after = [['e'], ['c'], ['a'], ['d'], ['b']]
    const pairs = shifts(before, after).flatMap((s) => s.past.map((p) => [s.state, p].sort().join('')))
    expect(new Set(pairs).size).toBe(pairs.length)
    expect([...pairs].sort()).toEqual(['ac', 'ae', 'bc', 'bd', 'be', 'ce', 'de'])
  })

  it('says how many more when many moved', () => {
    const found = shifts([['a', 'b'], ['c', 'd'], ['e', 'f']], [['b'], ['a'], ['d'], ['c'], ['f'], ['e']])
    expect(shiftSentences(found, (s) => s, 1)).toEqual(['b moved above a.', '2 more states changed places.'])
  })
})

describe('joined', () => {
  it('names one more rather than "1 more"', () => {
    expect(joined(['a', 'b', 'c'], 2)).toBe('a, b and c')
    expect(joined(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
    expect(joined([])).toBe('')
  })
})
