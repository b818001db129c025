import { describe, expect, it } from 'vitest'
import { movesInWords, toggled } from './moves'
import type { Option } from './shapes'

const option = (moves: Option['moves'], arcs: [string, string][] = []): Option => ({
  key: 'us.withdrawal', id: 'withdrawal', name: 'Withdraw', moves, arcs, level: 'none', evidence: [], digit: 0,
  levels: ['none', 'partial', 'full'].map((id) => ({ id, words: id })),
})

describe('movesInWords', () => {
  it('names the common ones', () => {
    expect(movesInWords(option('forward'))).toBe('cannot be taken back')
    expect(movesInWords(option('both'))).toBe('can be done and taken back')
  })
  it('spells arcs out', () => {
    expect(movesInWords(option('arcs', [['none', 'partial'], ['partial', 'none'], ['partial', 'full']]))).toBe('none → partial, partial → none or full')
    expect(movesInWords(option('arcs'))).toBe('cannot be changed')
  })
})

describe('toggled', () => {
  const levels = ['none', 'partial', 'full']
  it('puts an arc in, in order', () => {
    expect(toggled([['partial', 'full']], 'none', 'partial', levels)).toEqual([['none', 'partial'], ['partial', 'full']])
  })
  it('takes it out again', () => expect(toggled([['none', 'partial']], 'none', 'partial', levels)).toEqual([]))
})
