/** Another tab changed the case meanwhile: both versions side by side, and every way to go on. Nothing is lost. */

import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../lib/ui'
import { clash, resolve } from './current'
import { around, differences, type Line } from './lines'

export function ClashNotice() {
  const open = clash.value
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (open) head.current?.focus()
  }, [open])
  if (!open) return null
  const stepping = open.edit.kind === 'undo' || open.edit.kind === 'redo'
  const lines = around(differences(open.mine.text, open.theirs.text), 2)
  return (
    <section class="clash" aria-labelledby="clash-title" role="alert">
      <h2 id="clash-title" tabIndex={-1} ref={head}>Another tab changed this case in the meantime</h2>
      <p>
        You wanted to {open.words}. This tab knew version {open.mine.version}; the case is now at version{' '}
        {open.theirs.version}. Nothing is overwritten until you choose, and every version stays in the
        history of the case: Undo goes back.
      </p>
      <div class="clash-sides">
        <Side title={`Here, version ${open.mine.version}, before your change`} lines={lines.filter((one) => one.kind !== 'added')} />
        <Side title={`There, version ${open.theirs.version}`} lines={lines.filter((one) => one.kind !== 'removed')} />
      </div>
      <div class="row">
        {!stepping && (
          <Button kind="main" onClick={() => void resolve('both')}>Keep theirs and make my change on it</Button>
        )}
        <Button onClick={() => void resolve('mine')}>{stepping ? 'Keep mine' : 'Keep mine, with my change'}</Button>
        <Button onClick={() => void resolve('theirs')}>Keep theirs{stepping ? '' : ', without my change'}</Button>
      </div>
    </section>
  )
}

function Side({ title, lines }: { title: string; lines: Line[] }) {
  return (
    <div class="clash-side">
      <h3>{title}</h3>
      <pre tabIndex={0} aria-label={title}>
        {lines.length === 0 && 'No line differs.'}
        {lines.map((line, k) => {
          if (line.kind === 'added') return <ins key={k}>{line.text || ' '}</ins>
          if (line.kind === 'removed') return <del key={k}>{line.text || ' '}</del>
          return <span class="same" key={k}>{line.text || ' '}</span>
        })}
      </pre>
    </div>
  )
}
