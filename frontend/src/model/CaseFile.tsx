/** The case file as text, for those who know its format. What is refused says line and rule. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../lib/ui'
import { edit, refusal } from './current'
import { Refused } from './Place'
import type { CaseDoc } from './shapes'

export function CaseFile({ doc }: { doc: CaseDoc }) {
  const [text, setText] = useState(doc.text)
  const base = useRef(doc.text)
  const area = useRef<HTMLTextAreaElement>(null)
  const dirty = text !== base.current
  useEffect(() => {
    // What is being written here is kept when the case changes elsewhere; an untouched text follows.
    if (text === base.current) setText(doc.text)
    base.current = doc.text
  }, [doc.version])
  const save = async () => {
    await edit({ kind: 'text', text }, 'text', 'change the case file')
  }
  const line = lineOf(refusal.value?.place === 'text' ? refusal.value.problem.where : null)
  return (
    <section class="case-file" aria-labelledby="file-title">
      <h2 id="file-title" class="section-title">The case file</h2>
      <textarea
        ref={area}
        class="mono"
        aria-labelledby="file-title"
        aria-describedby="text-refused"
        spellcheck={false}
        wrap="off"
        rows={Math.min(40, Math.max(12, text.split('\n').length + 1))}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') void save()
        }}
      />
      <Refused place="text" id="text-refused" />
      <div class="row">
        <Button kind="main" disabled={!dirty} onClick={() => void save()} keyName="Ctrl Enter">Use this text</Button>
        <Button disabled={!dirty} onClick={() => setText(base.current)}>Back to what is saved</Button>
        {line !== null && <Button kind="quiet" onClick={() => area.current && jump(area.current, line)}>Go to line {line}</Button>}
        {dirty && <span class="small">Not in use yet</span>}
      </div>
    </section>
  )
}

function lineOf(where: unknown): number | null {
  if (typeof where !== 'string') return null
  const found = /(?:^|:|line )(\d+)(?::\d+)?$/.exec(where.trim())
  return found ? Number(found[1]) : null
}

function jump(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  area.focus()
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  area.scrollTop = Math.max(0, (line - 5) * (area.scrollHeight / lines.length))
}
