import { describe, expect, it } from 'vitest'
import { branchOf, size, type Answer, type Explanation, type Improvement } from './tree'

const own = (concept: string): Explanation => ({ concept, party: 'us', stable: true, improvements: [], other_moves: [] })
const answer: Answer = {
  sanction: '0101',
  steps: [
    { party: 'ussr', start: '0100', end: '0110', improves: true },
    { party: 'china', start: '0110', end: '0101', improves: false },
  ],
  counter_moves: ['0001', '1001'],
  escape: null,
}
const improvement = (more: Partial<Improvement>): Improvement => ({
  to: '0100', deterred: false, answer: null, dismissed: null, dismissed_because: null, ...more,
})

describe('branchOf', () => {
  it('says why Nash looks no further', () => {
    const tree = branchOf(improvement({}), own('nash'), '0000')
    expect(tree.children[0]?.note).toContain('any improvement is reason enough')
    expect(tree.note).toBe('better for it, and it would go')
  })

  it('hangs the steps of an answer under one another', () => {
    const tree = branchOf(improvement({ deterred: true, answer }), own('gmr'), '0000')
    const first = tree.children[0]
    expect([first?.mover, first?.to, first?.note]).toEqual(['ussr', '0110', ''])
    const second = first?.children[0]
    expect([second?.mover, second?.to, second?.note]).toEqual(['china', '0101', 'at no gain to itself; no better for it than staying'])
    expect(second?.children).toEqual([])
    expect(size(tree)).toBe(3)
  })

  it('says that there is no escape only where the concept looks for one', () => {
    const tree = branchOf(improvement({ deterred: true, answer }), own('smr'), '0000')
    expect(tree.children[0]?.children[0]?.children[0]?.note).toBe('From there none of its 2 moves leads to anything better than staying')
  })

  it('shows an answer that does not count, and why', () => {
    const tree = branchOf(improvement({ dismissed: answer, dismissed_because: 'not-credible' }), own('seq'), '0000')
    expect(tree.children[0]?.children[0]?.note).toContain('not credible')
  })

  it('shows the way out of an answer', () => {
    const escaped = { ...answer, escape: '1001' }
    const tree = branchOf(improvement({ dismissed: escaped, dismissed_because: 'escaped' }), own('smr'), '0000')
    expect(tree.children[0]?.children[0]?.children[0]?.to).toBe('1001')
  })
})
