/** What the screens of a case have in common: the case is read, its notice is shown, one sentence comes first. */

import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { href, type ScreenName } from '../lib/router'
import { selectedCase } from '../lib/store'
import { Empty, Notice, Progress } from '../lib/ui'
import { ClashNotice } from './Clash'
import { caseProblem, current, load, refresh, verdict, verdictProblem } from './current'
import { capital } from './moved'
import type { CaseDoc, Model } from './shapes'
import './frame.css'

interface FrameProps {
  /** The name of the screen, above the sentence. */
  title: string
  screen: ScreenName
  /** The sentence that opens the screen; without it, that of the diagnosis. */
  lead?: ComponentChildren
  children: (doc: CaseDoc, model: Model) => ComponentChildren
}

export function Frame({ title, screen, lead, children }: FrameProps) {
  const id = selectedCase.value
  useEffect(() => {
    if (!id) return
    if (current.peek()?.id === id) void refresh()
    else void load(id)
    const back = () => void (document.visibilityState === 'visible' && refresh())
    document.addEventListener('visibilitychange', back)
    addEventListener('focus', back)
    return () => {
      document.removeEventListener('visibilitychange', back)
      removeEventListener('focus', back)
    }
  }, [id])
  if (!id) {
    return (
      <div class="screen">
        <h1>{title}</h1>
        <Empty title="No case is open.">
          <p>
            <a href={href('start')}>Open a shipped case or draft one</a> from the statements you accepted.
          </p>
        </Empty>
      </div>
    )
  }
  const doc = current.value
  if (caseProblem.value && doc?.id !== id) return <div class="screen"><h1>{title}</h1><Notice problem={caseProblem.value} /></div>
  if (!doc || doc.id !== id) return <div class="screen"><h1>{title}</h1><Progress words="Reading the case" /></div>
  return (
    <div class="screen case-screen">
      <header class="case-head">
        <h1>
          <span class="case-step">{title}</span> <span class="frame-name">{doc.model?.title || doc.name}</span>
        </h1>
        {doc.scenario_of && (
          <p class="small">
            A scenario, <b>{doc.name}</b>, of another case: <a href={href(screen, doc.scenario_of)}>go to it</a>
          </p>
        )}
        <Unreviewed doc={doc} />
        {lead === undefined ? <Headline /> : lead}
      </header>
      <ClashNotice />
      {doc.model ? children(doc, doc.model) : <Notice kind="problem">This case cannot be read as a model.</Notice>}
    </div>
  )
}

/** The sentence of the diagnosis. */
export function Headline() {
  if (verdictProblem.value) {
    return (
      <p class="lead">
        {capital(verdictProblem.value.what)} {verdictProblem.value.rule && <span class="lead-rule">({verdictProblem.value.rule})</span>}
      </p>
    )
  }
  return <p class="lead" aria-busy={!verdict.value}>{verdict.value?.sentence ?? 'Working out what is stuck …'}</p>
}

function Unreviewed({ doc }: { doc: CaseDoc }) {
  if (!doc.unreviewed && !doc.note) return null
  return (
    <p class="unreviewed" role="note">
      {doc.note ? capital(doc.note) : 'Unreviewed draft: it rests on statements that nobody has checked yet.'}
    </p>
  )
}
