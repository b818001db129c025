/** Bring in articles: dropped, chosen, pasted, or one that comes with Détente. */

import { useState } from 'preact/hooks'
import { focusWhenShown } from '../lib/focus'
import { href } from '../lib/router'
import { desk } from '../lib/store'
import { Button, Field, Notice, Progress } from '../lib/ui'
import { forget, read, readings, stop, type Reading } from './reading'

export function AddArticle() {
  return (
    <section class="start-part" aria-labelledby="add-title">
      <h2 id="add-title">Read an article</h2>
      <DropZone />
      <PasteForm />
      <ShippedArticles />
      <ul class="readings">{readings.value.map((reading) => <Going key={reading.name} reading={reading} />)}</ul>
    </section>
  )
}

async function readAll(files: Iterable<File>): Promise<void> {
  for (const file of files) await read({ file })
}

function DropZone() {
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const { files } = event.dataTransfer ?? {}
    const text = event.dataTransfer?.getData('text/plain')
    if (files?.length) void readAll([...files])
    else if (text) void read({ name: 'dropped text', text, date: null })
  }
  return (
    <label
      class={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        multiple
        class="unseen"
        onChange={(event) => {
          void readAll([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <span class="drop-words">Drop articles here, or <u>choose files</u></span>
      <span class="small">Text, HTML or a saved feed. Nothing leaves this machine.</span>
    </label>
  )
}

function PasteForm() {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [date, setDate] = useState('')
  if (!open) return <Button onClick={() => setOpen(true)}>Paste text</Button>
  const send = (event: Event) => {
    event.preventDefault()
    const first = text.trim().split('\n')[0]?.slice(0, 80) ?? ''
    void read({ name: name.trim() || first, text, date: date || null })
    setText('')
    setOpen(false)
  }
  return (
    <form class="stack wide" onSubmit={send} aria-label="Paste text">
      <div class="wide">
        <Field label="Text of the article">
          {(tied) => <textarea {...tied} rows={8} value={text} onInput={(e) => setText(e.currentTarget.value)} ref={focusWhenShown} />}
        </Field>
      </div>
      <div class="paste-about">
        <Field label="Name" hint="Without one, its first line.">
          {(tied) => <input {...tied} type="text" value={name} onInput={(e) => setName(e.currentTarget.value)} />}
        </Field>
        <Field label="Published on">
          {(tied) => <input {...tied} type="date" value={date} onInput={(e) => setDate(e.currentTarget.value)} />}
        </Field>
      </div>
      <div class="row">
        <Button kind="main" type="submit" disabled={!text.trim()}>Read it</Button>
        <Button kind="quiet" onClick={() => setOpen(false)}>Cancel</Button>
      </div>
    </form>
  )
}

function ShippedArticles() {
  const articles = desk.value?.shipped.articles ?? []
  if (!articles.length) return null
  return (
    <div>
      <h3>Or one that comes with Détente</h3>
      <ul class="links">
        {articles.map(({ id, title }) => (
          <li key={id}>
            <button type="button" class="link" onClick={() => void read({ shipped: id, title })}>{title}</button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Going({ reading }: { reading: Reading }) {
  const { name, job, problem, document } = reading
  const dismiss = <Button kind="quiet" onClick={() => forget(reading)}>Dismiss</Button>
  if (problem) return <li><Notice problem={problem} actions={dismiss}><p class="small">{name}</p></Notice></li>
  if (!job || job.state === 'running') {
    const words = job?.words ? `${name}: ${job.words}` : `Reading ${name}`
    return <li><Progress words={words} done={job?.done ?? 0} total={job?.total ?? null} onCancel={() => stop(reading)} /></li>
  }
  if (job.state === 'cancelled') return <li><Notice actions={dismiss}><p>Cancelled: {name}. Nothing of it was kept.</p></Notice></li>
  return (
    <li>
      <Notice kind="done" actions={<><a href={href('evidence', document === null ? null : String(document))}>Judge its statements</a>{dismiss}</>}>
        <p>Read: {name}</p>
      </Notice>
    </li>
  )
}
