/** The card of the chosen statement: who wants what of whom, in which words, and who judged it. */

import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Statement } from '../lib/types'
import { Button, Gloss, Notice } from '../lib/ui'
import { day } from '../lib/words'
import { Conflicted } from './conflicted'
import { FieldsForm } from './fields'
import { accept, nudgeMerge, reject, reopen } from './judging'
import { glyphOf, STATE_WORDS, TYPES } from './words'
import { adding, clash, doc, editing, merging, parties, problem, selected } from './work'
import { Who } from './who'

export function Card() {
  const row = selected.value
  const room = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    room.current?.scrollTo(0, 0)
  }, [row?.id, editing.value])
  return (
    <section class="card" aria-label="Chosen statement" ref={room}>
      {problem.value && <Notice problem={problem.value} />}
      {adding.value ? <FieldsForm row={null} /> : row ? <Chosen row={row} /> : <NothingChosen />}
    </section>
  )
}

function NothingChosen() {
  const count = doc.value?.statements.length ?? 0
  return (
    <p class="small card-idle">
      {count ? 'Choose a statement in the text or in the list, or press j.' : 'Select words in the text to add a statement.'}
    </p>
  )
}

function Chosen({ row }: { row: Statement }) {
  const meaning = TYPES[row.type]?.meaning ?? ''
  const clashing = clash.value?.id === row.id ? clash.value : null
  return (
    <>
      <header class="card-head">
        <span class="card-type">
          <span aria-hidden="true">{glyphOf(row.type)} </span>
          <Gloss meaning={meaning}>{row.type}</Gloss>
        </span>
        <span class={`state state-${row.state}`}>{STATE_WORDS[row.state]}</span>
      </header>
      <Who row={row} book={parties.value} />
      {clashing && <Conflicted clash={clashing} />}
      {editing.value ? <FieldsForm key={row.id} row={row} /> : <Read row={row} />}
    </>
  )
}

function Read({ row }: { row: Statement }) {
  return (
    <>
      <blockquote class="quote card-quote">“{row.text}”</blockquote>
      <p class="small">{sourceOf(row)}</p>
      <dl class="facts">
        {factsOf(row).map(([label, value, field]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {field ? (
                <button type="button" class="value" aria-label={`${label}: ${value}. Edit`} onClick={() => (editing.value = { field })}>
                  {value}
                  {row.edited.includes(field) && <span class="small"> (changed)</span>}
                </button>
              ) : (
                value
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Actions row={row} />
    </>
  )
}

function Actions({ row }: { row: Statement }) {
  const judged = row.state !== 'proposed'
  return (
    <>
      <div class="row card-actions">
        {row.state !== 'accepted' && row.state !== 'edited' && <Button kind="main" keyName="a" onClick={accept}>Accept</Button>}
        {row.state !== 'rejected' && <Button keyName="x" onClick={reject}>Reject</Button>}
        <Button keyName="e" onClick={() => (editing.value = { field: null })}>Edit</Button>
        <Button kind="quiet" keyName="m" onClick={nudgeMerge}>{merging.value && merging.value !== row.id ? 'Merge into this' : 'Merge'}</Button>
        {judged && <Button kind="quiet" onClick={reopen}>Reopen</Button>}
      </div>
      {merging.value && (
        <Notice actions={<Button kind="quiet" onClick={() => (merging.value = null)}>Do not merge</Button>}>
          <p>{merging.value === row.id ? 'Now choose the statement that says the same, and press m there.' : 'Press m to count the two as one: this one stays.'}</p>
        </Notice>
      )}
    </>
  )
}

function sourceOf(row: Statement): string {
  const judged = row.judged
  const when = judged ? `${STATE_WORDS[row.state]} by ${judged.by}, ${day(judged.at)}${judged.why ? `: ${judged.why}` : ''}` : ''
  return [row.doc, day(row.date), when].filter(Boolean).join(' · ')
}

type Fact = [label: string, value: string, field: keyof Statement | null]

/** What is worth saying beside the words; each leads to its field. */
function factsOf(row: Statement): Fact[] {
  const facts: (Fact | false)[] = [
    ['Said by', row.speaker === 'author' ? 'the author' : row.speaker, 'speaker'],
    row.before !== null && ['First', row.before, 'before'],
    row.after !== null && ['Then', row.after, 'after'],
    row.condition !== null && ['If', row.condition.replace(/^if /, ''), 'condition'],
    ['Issue', row.issue ?? 'none named', 'issue'],
    ['How', `${row.attribution}, ${row.modality}${row.quoted ? ', in quotation marks' : ''}`, 'modality'],
    (row.edited.includes('start') || row.edited.includes('end')) && ['Words', 'the span was changed by hand', null],
    row.repeat_of !== null && ['Repeats', 'an earlier statement', null],
    row.nested_in !== null && ['Within', 'another statement', null],
    !row.found && ['Found', 'not by the present reader: kept because somebody judged or added it', null],
  ]
  return facts.filter((fact): fact is Fact => fact !== false)
}
