/** Where the parties could go instead, by kind, each kind with its meaning. */

import { useState } from 'preact/hooks'
import { choose } from '../lib/router'
import { Button, Gloss, PartyMark } from '../lib/ui'
import { kindWords } from '../model/result'
import { KINDS, spaced, type Model } from '../model/shapes'
import { wordsOf } from '../states/rowstore'
import { byKind } from './order'
import type { Diagnosis, Target } from './types'

interface TargetsProps {
  id: string
  model: Model
  diagnosis: Diagnosis
  chosen: string | null
}

export function Targets({ id, model, diagnosis, chosen }: TargetsProps) {
  return (
    <section class="targets" aria-labelledby="targets-title">
      <h2 id="targets-title">What would suit everybody at the table</h2>
      {byKind(diagnosis.targets, diagnosis.witness).map(({ kind, targets }) => (
        <Group key={kind} kind={kind} targets={targets} id={id} model={model} diagnosis={diagnosis} chosen={chosen} />
      ))}
    </section>
  )
}

/** More targets of a kind than this are folded. */
const MOST_SHOWN = 5

function Group({ kind, targets, id, model, diagnosis, chosen }: TargetsProps & { kind: string; targets: Target[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? targets : targets.filter((one, k) => k < MOST_SHOWN || one.state === chosen)
  return (
    <div class="target-kind">
      <h3><Gloss meaning={KINDS[kind] ?? ''}>{kindWords(kind)}</Gloss> <span class="small">{KINDS[kind]}</span></h3>
      <ul>
        {shown.map((target) => (
          <Row key={target.state} id={id} model={model} target={target} chosen={target.state === chosen} spoken={target.state === diagnosis.witness} />
        ))}
      </ul>
      {shown.length < targets.length && (
        <div><Button kind="quiet" onClick={() => setAll(true)}>{`${targets.length - shown.length} more of this kind`}</Button></div>
      )}
    </div>
  )
}

interface RowProps {
  id: string
  model: Model
  target: Target
  chosen: boolean
  spoken: boolean
}

function Row({ id, model, target, chosen, spoken }: RowProps) {
  const party = (one: string) => model.parties.find((item) => item.id === one)
  return (
    <li class={chosen ? 'target chosen' : 'target'}>
      <button type="button" aria-pressed={chosen} onClick={() => choose({ to: target.state, state: target.state })}>
        {wordsOf(id, target.state)}
      </button>
      <span class="small target-notes">
        {spoken && <span class="tag">spoken of above</span>}
        {target.unstable_for.length > 0 && (
          <span>
            left by {target.unstable_for.map(party).map((one) => one && <PartyMark key={one.id} number={one.colour} letter={one.letter} name={one.name} />)}
          </span>
        )}
        {target.path && <span>{target.path.length - 1} {target.path.length === 2 ? 'step' : 'steps'} lead there</span>}
        {target.flags.map((flag) => <span key={flag}>{spaced(flag)}</span>)}
      </span>
    </li>
  )
}
