import { describe, expect, it } from 'vitest'
import { actors, byKind, outsiders, rowsOf } from './order'
import type { Lever, Target } from './types'

const target = (state: string, kind: string, efficient = false): Target => ({
  state, kind, efficient, flags: [], path: null, movers: null, equilibrium: false, unstable_for: [], stable_under: [],
})
const lever = (changes: Lever['changes'], movers: string[] | null = null): Lever => ({
  number: 1, words: '', kind: 'open', opens: true, to: '11', stable_under: [], path: null, movers, rows: [], changes, harms: [],
})

describe('byKind', () => {
  it('groups from the best kind on, the spoken-of and efficient targets first', () => {
    const groups = byKind([target('a', 'double-bind'), target('b', 'open'), target('c', 'open', true), target('d', 'open')], 'd')
    expect(groups.map((group) => [group.kind, group.targets.map((one) => one.state).join('')])).toEqual([['open', 'dcb'], ['double-bind', 'a']])
  })
  it('keeps kinds it does not know', () => expect(byKind([target('a', 'new')], null)[0]?.kind).toBe('new'))
})

describe('actors', () => {
  it('names each once', () => {
    expect(actors(lever([{ lever: 'snap-back', party: 'us' }, { lever: 'preference', party: 'us' }]))).toEqual(['us'])
    expect(actors(lever([{ lever: 'joint-move', parties: ['us', 'taliban'] }], ['us', 'taliban']))).toEqual(['us', 'taliban'])
    expect(actors(lever([{ lever: 'order' }], ['taliban', 'us', 'us']))).toEqual(['taliban', 'us'])
  })
  it('knows who is needed from outside', () => {
    expect(outsiders(lever([{ lever: 'guarantor', party: 'taliban' }]))).toEqual(['a guarantor'])
  })
})

describe('rowsOf', () => {
  it('joins lines without a name', () => {
    const rows = rowsOf([{ name: 'believe', words: 'a' }, { name: '', words: 'b' }, { name: 'cures', words: 'c' }])
    expect(rows).toEqual([
      { name: 'believe', head: 'Must still be believed', lines: ['a', 'b'] },
      { name: 'cures', head: 'Cures', lines: ['c'] },
    ])
  })
  it('parts a path into its steps', () => {
    const words = 'Taliban (ceasefire: none → full), then United States (withdrawal: none → partial, talks: no → yes), then Taliban (x: a → b)'
    expect(rowsOf([{ name: 'steps', words }])[0]?.lines).toEqual([
      'Taliban (ceasefire: none → full)', 'United States (withdrawal: none → partial, talks: no → yes)', 'Taliban (x: a → b)',
    ])
  })
})
