/** Combinations that cannot be: states in which one of these holds are left out. */

import { useState } from 'preact/hooks'
import { Button, Field } from '../lib/ui'
import { Cited } from './Cited'
import { Tool } from './Clauses'
import { edit, refusal } from './current'
import { Entry, Refused, told } from './Place'
import type { Clause, Model } from './shapes'

export function Cannot({ model }: { model: Model }) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState<number | null>(null)
  const items = model.infeasible
  const save = (changed: Pick<Clause, 'statement' | 'evidence'>[], place: string, words: string) => {
    const rows = changed.map(({ statement, evidence }) => ({ statement, evidence }))
    return edit({ kind: 'infeasible', items: rows }, `cannot.${place}`, words)
  }
  const refused = refusal.value?.place === 'cannot.add' ? refusal.value.problem : null
  return (
    <section class="cannot" aria-labelledby="cannot-title">
      <h2 id="cannot-title" class="section-title">What cannot be at once</h2>
      {items.length === 0 && <p class="reading">Nothing is ruled out: every combination of levels is a state.</p>}
      <ul class="clauses">
        {items.map((item, k) => (
          <li class="clause" key={`${item.statement}#${k}`}>
            <div class="clause-body">
              {open === k ? (
                <Entry
                  label="What cannot be"
                  value={item.statement}
                  place={`cannot.${k}`}
                  mono
                  onSave={(statement) => save(items.map((one, n) => (n === k ? { ...one, statement } : one)), String(k), `change “${item.words}”`)}
                  onDone={() => setOpen(null)}
                />
              ) : (
                <>
                  <span class="clause-words">{item.words}</span>
                  {item.words !== item.statement && <code class="code">{item.statement}</code>}
                  <Cited ids={item.evidence} of={item.words} />
                  <Refused place={`cannot.${k}`} />
                </>
              )}
            </div>
            {open !== k && (
              <div class="clause-tools">
                <Tool words={`Edit: ${item.words}`} mark="✎" run={() => setOpen(k)} />
                <Tool words={`Drop: ${item.words}`} mark="✕" run={() => void save(items.filter((_, n) => n !== k), String(k), `drop “${item.words}”`)} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {model.form === 'option' && (
        <form
          class="adder"
          onSubmit={async (event) => {
            event.preventDefault()
            const statement = text.trim()
            if (statement && (await save([...items, { statement, evidence: [] }], 'add', `rule out “${statement}”`))) setText('')
          }}
        >
          <Field
            label="Rule out a combination"
            hint={<>A statement, as <code>withdrawal = none and ceasefire = full</code>, or a pattern of codes, as <code>0-1</code>.</>}
            error={refused && told(refused)}
          >
            {(tied) => <input {...tied} type="text" class="mono" value={text} onInput={(event) => setText(event.currentTarget.value)} />}
          </Field>
          <Button type="submit" disabled={!text.trim()}>Rule out</Button>
        </form>
      )}
    </section>
  )
}
