import { expect, test } from 'vitest'
import { href, parse } from './router'

test('an address says the screen, the subject and the choices', () => {
  expect(parse('#/states/c2?state=0120&to=11')).toEqual({
    screen: 'states',
    subject: 'c2',
    query: { state: '0120', to: '11' },
  })
})

test('what is no screen is the start page', () => {
  expect(parse('').screen).toBe('start')
  expect(parse('#/nowhere/c2').screen).toBe('start')
})

test('an address is read as it was written', () => {
  const address = href('why', 'a case/ü?', { state: 's 1&2', party: null, concept: '' })
  expect(parse(address)).toEqual({ screen: 'why', subject: 'a case/ü?', query: { state: 's 1&2' } })
})

test('a broken escape does not break the page', () => {
  expect(parse('#/model/%E0%A4%A').subject).toBe('%E0%A4%A')
})
