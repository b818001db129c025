/** Screens are loaded when they are first shown: the first page stays small. */

import type { FunctionComponent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { problemOf, type Problem } from './lib/api'
import { announce } from './lib/live'
import type { ScreenName } from './lib/router'
import { Notice } from './lib/ui'

type Loader = () => Promise<{ default: FunctionComponent }>

const LOADERS: Record<ScreenName, Loader> = {
  start: () => import('./start'),
  evidence: () => import('./evidence'),
  model: () => import('./model'),
  states: () => import('./states'),
  why: () => import('./why'),
  unlock: () => import('./unlock'),
  brief: () => import('./brief'),
}

export const TITLES: Record<ScreenName, string> = {
  start: 'Start',
  evidence: 'Evidence',
  model: 'Model',
  states: 'States',
  why: 'Why',
  unlock: 'Unlock',
  brief: 'Brief',
}

const loaded = new Map<ScreenName, FunctionComponent>()
let shownBefore = false

export function Screen({ name }: { name: ScreenName }) {
  const [, again] = useState(0)
  const [problem, setProblem] = useState<Problem | null>(null)
  const first = useRef(true)
  const Shown = loaded.get(name)
  useEffect(() => {
    document.title = name === 'start' ? 'Détente' : `${TITLES[name]} – Détente`
    if (Shown) return
    LOADERS[name]().then(
      (module) => {
        loaded.set(name, module.default)
        again((n) => n + 1)
      },
      (error: unknown) => setProblem(problemOf(error)),
    )
  }, [name])
  useEffect(() => {
    if (!Shown || !first.current) return
    first.current = false
    // The first page keeps the focus of the browser; after that a new screen is announced by its heading.
    if (shownBefore) announce(TITLES[name])
    shownBefore = true
  }, [Shown])
  if (problem) return <Notice problem={problem} />
  return Shown ? <Shown /> : <p class="small">Loading…</p>
}
