import { afterEach, expect, test, vi } from 'vitest'
import { address, api, ApiError, Conflict } from './api'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })))

test('empty choices are left out of an address, lists are joined', () => {
  expect(address('statements', { search: 'a b', party: null, type: ['offer', 'demand'], unreviewed: false })).toBe(
    '/api/statements?search=a+b&type=offer%2Cdemand',
  )
})

test('an error keeps its four parts', async () => {
  const where = { source: 'case.yaml', line: 3, column: 7 }
  answering(400, { error: { what: 'no such option', where, rule: 'options are declared', next: 'name one' } })
  const error = await api.get('cases/c1').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 400, where: 'case.yaml:3:7', rule: 'options are declared', next: 'name one' })
})

test('a conflict brings what is there now', async () => {
  answering(409, { error: { what: 'judged meanwhile' }, current: { id: 's1', review: 7 } })
  const error = await api.post('statements/s1/decision').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Conflict)
  expect((error as Conflict).current).toEqual({ id: 's1', review: 7 })
})

test('a server that is gone says what to do next', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(api.get('desk')).rejects.toMatchObject({ status: 0, next: 'Start it again, then try again.' })
})
