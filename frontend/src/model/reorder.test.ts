import { describe, expect, it } from 'vitest'
import { dropPlace, levelled, relocated, stepped } from './reorder'

const BOXES = [0, 40, 80, 120].map((top) => ({ top, height: 40 }))

describe('dropPlace', () => {
  it('stays where it is near its own place', () => {
    expect(dropPlace(BOXES, 1, 60)).toBe(1)
    expect(dropPlace(BOXES, 1, 95)).toBe(1)
  })
  it('passes a neighbour at its middle', () => {
    expect(dropPlace(BOXES, 1, 101)).toBe(2)
    expect(dropPlace(BOXES, 1, 19)).toBe(0)
    expect(dropPlace(BOXES, 0, 1000)).toBe(3)
  })
})

describe('relocated', () => {
  it('moves one item', () => {
    expect(relocated(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
    expect(relocated(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c'])
  })
})

describe('stepped', () => {
  const tiers = [['a'], ['b', 'c'], ['d']]
  it('passes the neighbour when alone', () => {
    expect(stepped(tiers, 'd', 'up')).toEqual([['a'], ['d'], ['b', 'c']])
    expect(stepped(tiers, 'a', 'down')).toEqual([['b', 'c'], ['a'], ['d']])
  })
  it('leaves the tier it shares first', () => {
    expect(stepped(tiers, 'c', 'up')).toEqual([['a'], ['c'], ['b'], ['d']])
    expect(stepped(tiers, 'b', 'down')).toEqual([['a'], ['c'], ['b'], ['d']])
  })
  it('has an end', () => {
    expect(stepped(tiers, 'a', 'up')).toBeNull()
    expect(stepped(tiers, 'd', 'down')).toBeNull()
    expect(stepped(tiers, 'x', 'up')).toBeNull()
  })
})

describe('levelled', () => {
  it('joins the tier above', () => {
    expect(levelled([['a'], ['b'], ['c']], 'b')).toEqual([['a', 'b'], ['c']])
    expect(levelled([['a'], ['b', 'c']], 'c')).toEqual([['a', 'c'], ['b']])
    expect(levelled([['a'], ['b']], 'a')).toBeNull()
  })
})
