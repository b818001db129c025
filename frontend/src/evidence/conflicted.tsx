/** Two tabs judged the same statement: both versions side by side, and the choice between them. */

import type { Statement } from '../lib/types'
import { Button, Notice } from '../lib/ui'
import { joined } from '../lib/words'
import { STATE_WORDS } from './words'
import { insist, yieldToOther, type Clash, type Fields } from './work'

const YOURS: Record<Clash['decision'], string> = {
  accept: 'accepted',
  reject: 'rejected',
  edit: 'accepted with changes',
  reopen: 'open again',
}

export function Conflicted({ clash }: { clash: Clash }) {
  const { current, decision, fields } = clash
  return (
    <Notice
      kind="problem"
      actions={
        <>
          <Button onClick={() => void insist()} disabled={!current}>Keep mine</Button>
          <Button onClick={() => void yieldToOther()}>Keep the other</Button>
        </>
      }
    >
      <p class="notice-what">This statement was judged in another tab meanwhile. Nothing of yours is lost.</p>
      <dl class="versions">
        <div>
          <dt>Mine</dt>
          <dd>{YOURS[decision]}{fields && <Changes fields={fields} />}</dd>
        </div>
        <div>
          <dt>The other</dt>
          <dd>{current ? STATE_WORDS[current.state] : 'changed'}{current && <Changes fields={pickEdited(current)} />}</dd>
        </div>
      </dl>
    </Notice>
  )
}

function pickEdited(row: Statement): Fields {
  return Object.fromEntries(Object.entries(row).filter(([key]) => row.edited.includes(key)))
}

function Changes({ fields }: { fields: Fields }) {
  return (
    <ul>
      {Object.entries(fields).map(([key, value]) => (
        <li key={key}>{`${key}: ${Array.isArray(value) ? joined(value.map(String)) : (value ?? 'none')}`}</li>
      ))}
    </ul>
  )
}
