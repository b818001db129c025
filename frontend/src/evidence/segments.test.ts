import { expect, test } from 'vitest'
import { lanesOf, segmentsOf } from './segments'

const OUTER = { id: 'outer', start: 10, end: 40 }
const INNER = { id: 'inner', start: 20, end: 40 }
const CROSSING = { id: 'crossing', start: 30, end: 50 }

test('a line without statements is one piece', () => {
  expect(segmentsOf(0, 9, [OUTER])).toEqual([{ start: 0, end: 9, covers: [], opens: [] }])
})

test('nested and crossing statements cut the line; the outermost comes first', () => {
  const pieces = segmentsOf(0, 60, [CROSSING, INNER, OUTER])
  expect(pieces.map(({ start, end }) => [start, end])).toEqual([[0, 10], [10, 20], [20, 30], [30, 40], [40, 50], [50, 60]])
  expect(pieces[3]?.covers).toEqual(['outer', 'inner', 'crossing'])
  expect(pieces.flatMap(({ opens }) => opens)).toEqual(['outer', 'inner', 'crossing'])
})

test('a statement over two lines opens only in the first', () => {
  const [first] = segmentsOf(25, 35, [OUTER])
  expect(first).toEqual({ start: 25, end: 35, covers: ['outer'], opens: [] })
})

test('overlapping statements lie in lanes of their own, and a free lane is used again', () => {
  const later = { id: 'later', start: 45, end: 60 }
  const lanes = lanesOf([later, CROSSING, INNER, OUTER])
  expect(Object.fromEntries(lanes)).toEqual({ outer: 0, inner: 1, crossing: 2, later: 0 })
})
