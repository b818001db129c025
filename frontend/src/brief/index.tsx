/** The brief: as it will be handed over, and the files to hand over. */

import { useEffect, useState } from 'preact/hooks'
import { address, api, problemOf, type Problem } from '../lib/api'
import { cancel, follow, resultOf } from '../lib/jobs'
import { announce } from '../lib/live'
import { useLoad } from '../lib/load'
import { href, route } from '../lib/router'
import { desk, selectedCase } from '../lib/store'
import type { Job } from '../lib/types'
import { Button, Empty, Notice, Progress } from '../lib/ui'
import '../model/frame.css'
import './brief.css'
import { Files, Options } from './side'

/** What of the brief's data stands above its preview. */
interface BriefData {
  headline?: string
  title?: string
}

interface CaseParties {
  name: string
  version: number
  model?: { parties?: { id: string; name: string }[] }
}

export default function Screen() {
  const id = selectedCase.value
  return id ? <Brief id={id} /> : <NoCase />
}

function NoCase() {
  const cases = desk.value?.cases ?? []
  return (
    <>
      <h1>Brief</h1>
      <Empty title="A brief is about a case, and none is chosen.">
        {cases.length ? (
          <ul>{cases.map((item) => <li key={item.id}><a href={href('brief', item.id)}>{item.name}</a></li>)}</ul>
        ) : (
          <p>Draft one from your statements, or open one that comes with Détente, on the <a href={href('start')}>start page</a>.</p>
        )}
      </Empty>
    </>
  )
}

function Brief({ id }: { id: string }) {
  const { paper, role } = route.value.query
  const about = useLoad(`case ${id}`, (stop) => api.get<CaseParties>(`cases/${id}`, {}, stop))
  const preparing = usePreparing(id, paper ?? null)
  const asked = { paper, role }
  const brief = useLoad(preparing.ready ? `brief ${id} ${paper} ${role}` : null, (stop) =>
    api.get<BriefData>(`cases/${id}/brief.json`, asked, stop),
  )
  const where = (ending: string) => address(`cases/${encodeURIComponent(id)}/brief.${ending}`, asked)
  const problem = about.problem ?? preparing.problem ?? brief.problem
  return (
    <>
      <header class="case-head">
        <h1>
          <span>Brief</span> <span class="frame-name">{about.data?.name}</span>
        </h1>
        {brief.data?.headline && <p class="lead">{brief.data.headline}</p>}
      </header>
      {problem && <Notice problem={problem} actions={<Button onClick={preparing.again}>Try again</Button>} />}
      <div class="brief">
        {preparing.ready ? <Preview src={where('html')} /> : !problem && <Waiting preparing={preparing} />}
        <aside class="brief-side" aria-label="Files and options">
          {preparing.ready && <Files where={where} name={about.data?.name ?? id} />}
          <Options parties={about.data?.model?.parties ?? []} id={id} />
        </aside>
      </div>
    </>
  )
}

interface Preparing {
  job: Job | null
  ready: boolean
  problem: Problem | null
  again: () => void
}

/** The searches behind a brief take a while; they are done once, then every file comes at once. */
function usePreparing(id: string, paper: string | null): Preparing {
  const [job, setJob] = useState<Job | null>(null)
  const [ready, setReady] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    setReady(false)
    setProblem(null)
    const prepare = async () => {
      const begun = await api.post<Job>(`cases/${id}/brief`, paper ? { paper } : {})
      const ended = await follow(begun.id, (step) => !left && setJob(step))
      if (left || !resultOf(ended)) return
      setReady(true)
      announce('The brief is ready')
    }
    prepare().catch((error: unknown) => !left && setProblem(problemOf(error)))
    return () => {
      left = true
    }
  }, [id, paper, round])
  return { job, ready, problem, again: () => setRound((n) => n + 1) }
}

function Waiting({ preparing: { job, again } }: { preparing: Preparing }) {
  if (job?.state === 'cancelled') {
    return <Notice actions={<Button onClick={again}>Prepare it</Button>}><p>Cancelled. Without the searches there is no brief.</p></Notice>
  }
  const words = `Preparing the brief${job?.words ? `: ${job.words}` : ''}`
  return (
    <div class="preview">
      <Progress words={words} done={job?.done ?? 0} total={job?.total ?? null} {...(job && { onCancel: () => void cancel(job.id) })} />
    </div>
  )
}

/** The brief is a document of its own, with its own policy; nothing in it may run or reach this page. */
function Preview({ src }: { src: string }) {
  return (
    <section class="preview" aria-label="Preview">
      <iframe key={src} title="Preview of the brief" src={src} sandbox="" />
    </section>
  )
}
