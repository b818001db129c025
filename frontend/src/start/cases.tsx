/** The cases of the workspace, and those that come with Détente. */

import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { api, problemOf, type Problem } from '../lib/api'
import { focusWhenShown } from '../lib/focus'
import { announce } from '../lib/live'
import { go, href } from '../lib/router'
import { desk, loadDesk, remember, takeBack, type Undoable } from '../lib/store'
import type { CaseItem } from '../lib/types'
import { Button, Notice } from '../lib/ui'
import { day } from '../lib/words'

export function Cases() {
  const cases = desk.value?.cases ?? []
  if (!cases.length && !discarded.value) return null
  const roots = cases.filter((item) => !item.scenario_of || !cases.some(({ id }) => id === item.scenario_of))
  return (
    <section class="start-part" aria-labelledby="cases-title">
      <h2 id="cases-title" tabIndex={-1}>Cases</h2>
      <Discarded />
      <ul class="cases">
        {roots.map((item) => (
          <li key={item.id}>
            <CaseLine item={item} />
            <ul class="scenarios">
              {cases.filter(({ scenario_of }) => scenario_of === item.id).map((scenario) => (
                <li key={scenario.id}><CaseLine item={scenario} /></li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Where a case comes from, before the colon of its origin. */
const ORIGINS: Record<string, string> = {
  draft: 'drafted from statements',
  shipped: 'comes with Détente',
  text: 'from a file',
  unlock: 'scenario: a lever tried',
  edit: 'scenario',
}

const originOf = ({ origin }: CaseItem): string | undefined => ORIGINS[origin.split(':')[0] ?? '']

/** The case that was discarded last, to bring it back. */
const discarded = signal<{ name: string; edit: Undoable } | null>(null)

/** List a case no more. The store keeps it; bringing it back makes it anew from its text. */
async function discard({ id, name, scenario_of }: CaseItem): Promise<void> {
  const { text } = await api.get<{ text: string }>(`cases/${id}`)
  await api.delete(`cases/${id}`)
  const restore = async () => {
    if (scenario_of) await api.post(`cases/${scenario_of}/scenarios`, { edit: { kind: 'text', text }, name })
    else await api.post('cases', { name, text })
    discarded.value = null
    await loadDesk()
  }
  discarded.value = { name, edit: remember(`discarded ${name}`, restore) }
  document.getElementById('cases-title')?.focus()
}

function Discarded() {
  const { name, edit } = discarded.value ?? {}
  if (!edit) return null
  return (
    <Notice actions={<><Button onClick={() => void takeBack(edit)}>Bring it back</Button><Button kind="quiet" onClick={() => (discarded.value = null)}>Dismiss</Button></>}>
      <p>Discarded: {name}. It is listed no more.</p>
    </Notice>
  )
}

function CaseLine({ item }: { item: CaseItem }) {
  const [renaming, setRenaming] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const room = useRef<HTMLDivElement>(null)
  const was = useRef(renaming)
  useEffect(() => {
    // The field that had the focus is gone.
    if (was.current && !renaming) room.current?.querySelector('a')?.focus()
    was.current = renaming
  }, [renaming])
  const send = async (words: string, ask: () => Promise<unknown>) => {
    try {
      await ask()
      await loadDesk()
      setRenaming(false)
      announce(words)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <div class="case" ref={room}>
      {renaming ? (
        <Rename
          item={item}
          onDone={(name) => void send('Renamed', () => api.patch(`cases/${item.id}`, { name }))}
          onStop={() => setRenaming(false)}
        />
      ) : (
        <a class="case-name" href={href('model', item.id)}>{item.name}</a>
      )}
      <span class="small">{[originOf(item) ?? (item.scenario_of ? 'scenario' : null), day(item.at)].filter(Boolean).join(', ')}</span>
      <span class="row case-actions">
        <a href={href('states', item.id)}>States</a>
        <a href={href('brief', item.id)}>Brief</a>
        <Button kind="quiet" aria-label={`Rename ${item.name}`} onClick={() => setRenaming(true)}>Rename</Button>
        <Button kind="quiet" aria-label={`Discard ${item.name}`} onClick={() => void send('Discarded', () => discard(item))}>Discard</Button>
      </span>
      {problem && <Notice problem={problem} />}
    </div>
  )
}

function Rename({ item, onDone, onStop }: { item: CaseItem; onDone: (name: string) => void; onStop: () => void }) {
  const [name, setName] = useState(item.name)
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(name)
      }}
      onKeyDown={(event) => event.key === 'Escape' && onStop()}
    >
      <input type="text" aria-label="New name" value={name} onInput={(e) => setName(e.currentTarget.value)} ref={focusWhenShown} />
      <Button type="submit" disabled={!name.trim()}>Save</Button>
      <Button kind="quiet" onClick={onStop}>Cancel</Button>
    </form>
  )
}

/** Cases to explore; a click takes a copy into the workspace. */
export function ShippedCases() {
  const [problem, setProblem] = useState<Problem | null>(null)
  const shipped = desk.value?.shipped.cases ?? []
  if (!shipped.length) return null
  const open = async (id: string) => {
    try {
      const kept = await api.post<{ id: string }>('cases', { shipped: id })
      await loadDesk()
      go('model', kept.id)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <section class="start-part" aria-labelledby="shipped-title">
      <h2 id="shipped-title">Explore a case that comes with Détente</h2>
      {problem && <Notice problem={problem} />}
      <ul class="links links-columns">
        {shipped.map(({ id, title }) => (
          <li key={id}>
            <button type="button" class="link" onClick={() => void open(id)}>{title}</button>
            <span class="small">{id}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
