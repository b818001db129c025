/** The address says which screen is shown and what is chosen, so that a screen can be sent as a link. */

import { computed, signal } from '@preact/signals'

/** The six steps, in the order of the work. */
export const STEPS = ['evidence', 'model', 'states', 'why', 'unlock', 'brief'] as const
export type Step = (typeof STEPS)[number]
export type ScreenName = Step | 'start'

export interface Route {
  screen: ScreenName
  /** The case (for evidence: the document) that the screen is about, or null. */
  subject: string | null
  query: Readonly<Record<string, string>>
}

export type Choices = Readonly<Record<string, string | number | null | undefined>>

/** Read `#/states/CASE?state=11`. What is no screen is the start page. */
export function parse(hash: string): Route {
  const [path = '', tail = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
  const [name = '', subject] = path.split('/').map(decoded)
  const screen = STEPS.find((step) => step === name) ?? 'start'
  return { screen, subject: subject || null, query: Object.fromEntries(new URLSearchParams(tail)) }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Write an address that `parse` reads. */
export function href(screen: ScreenName, subject?: string | null, query: Choices = {}): string {
  const path = screen === 'start' ? '#/' : `#/${screen}${subject ? `/${encodeURIComponent(subject)}` : ''}`
  const asked = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') asked.set(key, String(value))
  }
  const tail = asked.toString()
  return tail ? `${path}?${tail}` : path
}

export const route = signal<Route>(parse(typeof location === 'undefined' ? '' : location.hash))

/** The value of one key of the address, as a signal. */
export const chosen = (key: string) => computed(() => route.value.query[key] ?? null)

/** Go to another screen: a new entry in the history. */
export function go(screen: ScreenName, subject?: string | null, query?: Choices): void {
  location.hash = href(screen, subject, query)
}

/** Choose something on this screen: same entry in the history. `null` takes a choice back. */
export function choose(choices: Choices): void {
  const { screen, subject, query } = route.peek()
  const address = href(screen, subject, { ...query, ...choices })
  history.replaceState(null, '', address)
  route.value = parse(address)
}

export function listen(): void {
  addEventListener('hashchange', () => {
    route.value = parse(location.hash)
  })
}
