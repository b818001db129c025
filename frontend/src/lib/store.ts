/** What every screen shares: the desk, the case and state that are chosen, the theme, what can be undone. */

import { computed, effect, signal } from '@preact/signals'
import { api, problemOf, type Problem } from './api'
import { announce } from './live'
import { choose, route } from './router'
import type { Desk } from './types'

export const desk = signal<Desk | null>(null)
export const deskProblem = signal<Problem | null>(null)

export async function loadDesk(): Promise<void> {
  try {
    desk.value = await api.get<Desk>('desk')
    deskProblem.value = null
  } catch (error) {
    deskProblem.value = problemOf(error)
  }
}

/** The case last worked on: screens without a case in the address keep it in the rail. */
const lastCase = signal<string | null>(null)

export const selectedCase = computed(() => {
  const { screen, subject } = route.value
  return screen === 'start' || screen === 'evidence' ? lastCase.value : (subject ?? lastCase.value)
})

effect(() => {
  const { screen, subject } = route.value
  if (subject && screen !== 'start' && screen !== 'evidence') lastCase.value = subject
})

/** The state that is chosen, on every screen alike; it stands in the address. */
export const selectedState = computed(() => route.value.query.state ?? null)
export const chooseState = (state: string | null): void => choose({ state })

export type Theme = 'system' | 'light' | 'dark'
const THEMES: readonly Theme[] = ['system', 'light', 'dark']
const KEPT = 'detente-theme'

function keptTheme(): Theme {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEPT)
  return THEMES.find((theme) => theme === kept) ?? 'system'
}

export const theme = signal<Theme>(keptTheme())

/** Show the chosen theme from now on; without a choice the reader's system decides (styles/tokens.css). */
export function followTheme(): void {
  effect(() => {
    const root = document.documentElement
    if (theme.value === 'system') delete root.dataset.theme
    else root.dataset.theme = theme.value
    localStorage.setItem(KEPT, theme.value)
  })
}

const systemDark = signal(false)
if (typeof matchMedia !== 'undefined') {
  const query = matchMedia('(prefers-color-scheme: dark)')
  systemDark.value = query.matches
  query.addEventListener('change', (event) => (systemDark.value = event.matches))
}

/** Whether the page is dark now. */
export const dark = computed(() => (theme.value === 'system' ? systemDark.value : theme.value === 'dark'))

export interface Undoable {
  /** What was done, as in "accepted a demand of the Taliban". */
  words: string
  undo: () => Promise<void>
}

export const undoStack = signal<readonly Undoable[]>([])

/** Note an edit that can be taken back with `u` or Ctrl+Z. */
export function remember(words: string, undo: () => Promise<void>): Undoable {
  const item = { words, undo }
  undoStack.value = [...undoStack.value, item].slice(-100)
  return item
}

/** Take back the last edit. */
export async function undoLast(): Promise<void> {
  const last = undoStack.value.at(-1)
  if (last) await takeBack(last)
  else announce('Nothing to undo')
}

/** Take back one edit. It is forgotten only once that worked. */
export async function takeBack(edit: Undoable): Promise<void> {
  try {
    await edit.undo()
    undoStack.value = undoStack.value.filter((item) => item !== edit)
    announce(`Undone: ${edit.words}`)
  } catch (error) {
    announce(`Not undone: ${problemOf(error).what}`)
  }
}
