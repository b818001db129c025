import { describe, expect, test } from 'vitest'
import { nextWord, Offsets, trimmed } from './offsets'

const EMOJI = 'A 🇷🇺 flag 😀, “then” 𝒯 end'

describe('offsets', () => {
  test('are the same without characters beyond the basic plane', () => {
    const offsets = new Offsets('vis-à-vis “peace”')
    expect(offsets.toUnits(5)).toBe(5)
    expect(offsets.toPoints(7)).toBe(7)
    expect(offsets.length).toBe(17)
  })

  test('go there and back through emoji', () => {
    const offsets = new Offsets(EMOJI)
    const points = [...EMOJI]
    expect(offsets.length).toBe(points.length)
    for (let point = 0; point <= points.length; point += 1) {
      expect(offsets.toUnits(point)).toBe(points.slice(0, point).join('').length)
      expect(offsets.toPoints(offsets.toUnits(point))).toBe(point)
    }
  })

  test('slice by code points', () => {
    const offsets = new Offsets(EMOJI)
    const start = [...EMOJI].indexOf('“')
    expect(offsets.slice(start, start + 6)).toBe('“then”')
  })

  test('put the second half of a pair with its first', () => {
    const offsets = new Offsets('😀x')
    expect(offsets.toPoints(1)).toBe(0)
    expect(offsets.toPoints(2)).toBe(1)
  })
})

test('a span is trimmed at both ends, and a blank one is none', () => {
  const offsets = new Offsets('😀  two words ')
  expect(trimmed(offsets, 1, 13)).toEqual({ start: 3, end: 12 })
  expect(trimmed(offsets, 1, 3)).toBeNull()
})

test('the ends of a span move by words', () => {
  const offsets = new Offsets('The Taliban’s demand, for peace.')
  expect(nextWord(offsets, 4, 1, 'start')).toBe(14)
  expect(nextWord(offsets, 4, -1, 'start')).toBe(0)
  expect(nextWord(offsets, 20, 1, 'end')).toBe(25)
  expect(nextWord(offsets, 20, -1, 'end')).toBe(13)
  expect(nextWord(offsets, 32, 1, 'end')).toBe(32)
})
