import { describe, expect, it } from 'vitest'
import { cellWords, filtered, mark, NO_FILTER, sorted, type StateRow } from './rows'

function row(code: string, words: string, more: Partial<StateRow> = {}): StateRow {
  return { code, label: null, words, rank: {}, stable: {}, equilibrium: [], statusQuo: false, zone: false, target: false, ...more }
}

const PARTIES = [
  { id: 'us', name: 'United States', letter: 'U' },
  { id: 'taliban', name: 'Taliban', letter: 'T' },
]
const ROWS = [
  row('00', 'war goes on', { rank: { us: 3, taliban: 3 }, stable: { seq: ['us', 'taliban'] }, equilibrium: ['seq'] }),
  row('01', 'ceasefire alone', { rank: { us: 1, taliban: 4 }, stable: { seq: ['us'] } }),
  row('10', 'withdrawal alone', { rank: { us: 4, taliban: 1 }, stable: { seq: [] } }),
  row('11', 'full exchange', { rank: { us: 2, taliban: 2 }, stable: { seq: ['us'] }, zone: true }),
]
const codes = (rows: StateRow[]): string[] => rows.map((one) => one.code)

describe('filtered', () => {
  it('matches words anywhere and codes from their start', () => {
    expect(codes(filtered(ROWS, { ...NO_FILTER, text: 'alone' }))).toEqual(['01', '10'])
    expect(codes(filtered(ROWS, { ...NO_FILTER, text: '1' }))).toEqual(['10', '11'])
    expect(codes(filtered(ROWS, { ...NO_FILTER, text: '-1' }))).toEqual(['01', '11'])
    expect(codes(filtered(ROWS, { ...NO_FILTER, text: 'alone ceasefire' }))).toEqual(['01'])
    expect(codes(filtered(ROWS, { ...NO_FILTER, text: '000' }))).toEqual([])
  })

  it('keeps what lasts, or what would suit all', () => {
    expect(codes(filtered(ROWS, { ...NO_FILTER, lasts: 'seq' }))).toEqual(['00'])
    expect(codes(filtered(ROWS, { ...NO_FILTER, lasts: 'any' }))).toEqual(['00'])
    expect(codes(filtered(ROWS, { ...NO_FILTER, lasts: 'nash' }))).toEqual([])
    expect(codes(filtered(ROWS, { ...NO_FILTER, zone: true }))).toEqual(['11'])
  })
})

describe('sorted', () => {
  it('sorts by the rank of one party, and back', () => {
    expect(codes(sorted(ROWS, { key: 'rank:taliban', down: false }, 2))).toEqual(['10', '11', '00', '01'])
    expect(codes(sorted(ROWS, { key: 'rank:taliban', down: true }, 2))).toEqual(['01', '00', '11', '10'])
  })

  it('puts what lasts first, and keeps ties in the order of codes', () => {
    expect(codes(sorted(ROWS, { key: 'stable:seq', down: false }, 2))).toEqual(['00', '01', '11', '10'])
    expect(codes(sorted(ROWS, { key: 'stable:seq', down: true }, 2))).toEqual(['10', '01', '11', '00'])
  })

  it('leaves its input alone', () => {
    sorted(ROWS, { key: 'words', down: false }, 2)
    expect(codes(ROWS)).toEqual(['00', '01', '10', '11'])
  })
})

describe('cells', () => {
  it('are marked as in the terminal', () => {
    expect(ROWS.map((one) => mark(one, 'seq', PARTIES))).toEqual(['●UT', 'U·', '··', 'U·'])
    expect(mark(ROWS[0]!, 'sim', PARTIES)).toBe('')
  })

  it('are told in words', () => {
    expect(cellWords(ROWS[0]!, 'seq', PARTIES)).toBe('everybody would stay')
    expect(cellWords(ROWS[1]!, 'seq', PARTIES)).toBe('Taliban would leave')
    expect(cellWords(ROWS[2]!, 'seq', PARTIES)).toBe('everybody would leave')
  })
})
