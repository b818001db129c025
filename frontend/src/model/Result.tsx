/** The strip that says what a change did to the result; it stays in view while one edits. */

import { Button, Gloss } from '../lib/ui'
import { before, busy, current, redo, refusal, said, undo, verdict, verdictProblem } from './current'
import { kindWords, outcome } from './result'
import { KINDS } from './shapes'

export function Result() {
  const doc = current.value
  const now = verdict.value
  const told = now && outcome(before.value, now)
  return (
    <section class={`result${told?.changed ? ' result-changed' : ''}`} aria-label="Result of the case as it stands" aria-busy={busy.value}>
      <div class="result-main">
        {told && now && (
          <p class="result-kind">
            {told.changed && before.value?.kind !== now.kind && (
              <>
                <s aria-hidden="true">{kindWords(before.value?.kind ?? null)}</s>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <b><Gloss meaning={KINDS[now.kind ?? ''] ?? ''}>{kindWords(now.kind)}</Gloss></b>
            {told.changed ? <span class="unseen"> {told.sentence}</span> : <span class="small">: {KINDS[now.kind ?? '']}</span>}
          </p>
        )}
        {verdictProblem.value && <p class="small">{verdictProblem.value.what}</p>}
        {told?.changed && now && <p class="result-sentence">{now.sentence}</p>}
        {said.value.map((line) => <p class="small" key={line}>{line}</p>)}
        {refusal.value?.place === 'history' && <p class="field-error" role="alert">{refusal.value.problem.what}</p>}
      </div>
      <div class="row">
        <Button onClick={() => void undo()} disabled={!doc?.can_undo} keyName="Ctrl Z">Undo</Button>
        <Button onClick={() => void redo()} disabled={!doc?.can_redo} keyName="Ctrl Shift Z">Redo</Button>
      </div>
    </section>
  )
}
