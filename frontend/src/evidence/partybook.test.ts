import { expect, test } from 'vitest'
import { bookOf } from './partybook'

const ORDER = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'Kosovo', 'Serbia']

test('the parties most named keep their colours, others take what is free', () => {
  const book = bookOf(['Serbia', 'Kosovo', 'C', 'Serbia', 'Nowhere'], ORDER)
  expect(book.names).toEqual(['C', 'Kosovo', 'Serbia', 'Nowhere'])
  expect(book.names.map(book.number)).toEqual([2, 0, 1, 3])
})

test('letters are those of the view, not of the whole workspace', () => {
  const book = bookOf(['Kosovo', 'Serbia'], [...ORDER, 'Korea', 'Sudan'])
  expect(['Kosovo', 'Serbia'].map(book.letter)).toEqual(['K', 'S'])
})

test('colours come back when there are more parties than colours', () => {
  const many = Array.from({ length: 20 }, (_, k) => `party ${k}`)
  const numbers = many.map(bookOf(many, []).number)
  expect(new Set(numbers.slice(0, 8)).size).toBe(8)
  expect(Math.max(...numbers)).toBe(7)
})
