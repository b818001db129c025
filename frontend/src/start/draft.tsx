/** Draft a case from the statements: the step from evidence to model. */

import { useState } from 'preact/hooks'
import { api, problemOf, type Problem } from '../lib/api'
import { go } from '../lib/router'
import { desk, loadDesk } from '../lib/store'
import { Button, Field, Notice } from '../lib/ui'
import { counted, figure } from '../lib/words'

const list = (text: string): string[] => text.split(/[;,]/).map((name) => name.trim()).filter(Boolean)

const NOTHING = { title: '', table: '', irreversible: '', options: '', unreviewed: false }

export function DraftCase() {
  const [draft, setDraft] = useState(NOTHING)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (change: Partial<typeof NOTHING>) => setDraft((now) => ({ ...now, ...change }))
  const counts = desk.value?.statements
  if (!counts?.total) return null
  const accepted = counts.accepted + counts.edited
  const usable = accepted + (draft.unreviewed ? counts.proposed : 0)
  const send = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    try {
      const kept = await api.post<{ id: string }>('cases', {
        draft: {
          unreviewed: draft.unreviewed,
          table: list(draft.table),
          irreversible: list(draft.irreversible),
          ...(draft.options && { options: Number(draft.options) }),
          ...(draft.title.trim() && { title: draft.title.trim() }),
        },
      })
      await loadDesk()
      go('model', kept.id)
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  return (
    <section class="start-part" aria-labelledby="draft-title">
      <h2 id="draft-title">Draft a case from the statements</h2>
      <p>{sentence(accepted, counts.proposed)}</p>
      <form class="draft" onSubmit={(event) => void send(event)}>
        <label class="check wide">
          <input type="checkbox" checked={draft.unreviewed} onChange={(e) => set({ unreviewed: e.currentTarget.checked })} />
          <span>Take the {figure(counts.proposed)} unreviewed statements too; each mention of them is marked</span>
        </label>
        <Field label="Title">
          {(tied) => <input {...tied} type="text" value={draft.title} onInput={(e) => set({ title: e.currentTarget.value })} />}
        </Field>
        <Field label="Most options" hint="10 if nothing is said.">
          {(tied) => (
            <input {...tied} type="number" min={1} max={20} value={draft.options} onInput={(e) => set({ options: e.currentTarget.value })} />
          )}
        </Field>
        <Field label="Parties at the table" hint="Several: separate with a comma. Empty: those that want things of one another.">
          {(tied) => <input {...tied} type="text" value={draft.table} onInput={(e) => set({ table: e.currentTarget.value })} />}
        </Field>
        <Field label="What cannot be taken back" hint="Ids of options, for instance withdrawal.">
          {(tied) => <input {...tied} type="text" value={draft.irreversible} onInput={(e) => set({ irreversible: e.currentTarget.value })} />}
        </Field>
        <div class="row wide">
          <Button kind="main" type="submit" disabled={!usable || busy}>{busy ? 'Drafting…' : 'Draft the case'}</Button>
        </div>
      </form>
      {problem && <Notice problem={problem} />}
    </section>
  )
}

function sentence(accepted: number, waiting: number): string {
  if (!accepted) return 'Nothing is accepted yet; a draft can still be made from what nobody has reviewed, and says so.'
  const rest = waiting ? ` ${figure(waiting)} more ${waiting === 1 ? 'waits' : 'wait'} for a judgement.` : ''
  return `${counted(accepted, 'statement is', 'statements are')} accepted.${rest} Demands become wishes, “X before Y” a condition; every line cites its source.`
}
