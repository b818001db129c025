/** Beside the preview: the files to hand over, and for whom and on which paper. */

import { choose, go, route } from '../lib/router'
import { desk } from '../lib/store'
import { Field } from '../lib/ui'

const FILES = [
  { ending: 'html', name: 'Web page', hint: 'one file, opens anywhere' },
  { ending: 'pdf', name: 'PDF', hint: 'for print' },
  { ending: 'docx', name: 'Word', hint: 'to edit further' },
  { ending: 'md', name: 'Markdown', hint: 'plain text' },
] as const

export function Files({ where, name }: { where: (ending: string) => string; name: string }) {
  return (
    <section class="brief-part" aria-labelledby="files-title">
      <h2 id="files-title">Hand over</h2>
      <ul class="files">
        {FILES.map((file) => (
          <li key={file.ending}>
            <a href={where(file.ending)} download={`${fileName(name)}.${file.ending}`}>{file.name}</a>
            <span class="small">{file.hint}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function fileName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, '-')
  return plain.replace(/^-|-$/g, '').slice(0, 60) || 'brief'
}

interface OptionsProps {
  id: string
  parties: readonly { id: string; name: string }[]
}

export function Options({ id, parties }: OptionsProps) {
  const { role, paper } = route.value.query
  return (
    <section class="brief-part" aria-labelledby="options-title">
      <h2 id="options-title">About</h2>
      <Field label="Case or scenario">
        {(tied) => (
          <select {...tied} value={id} onChange={(event) => go('brief', event.currentTarget.value)}>
            {(desk.value?.cases ?? []).map((item) => <option key={item.id} value={item.id}>{item.name}</option>)}
          </select>
        )}
      </Field>
      {parties.length > 0 && (
        <Field label="For whom" hint="A role sheet says only what its party knows.">
          {(tied) => (
            <select {...tied} value={role ?? ''} onChange={(event) => choose({ role: event.currentTarget.value || null })}>
              <option value="">Everybody: the brief</option>
              {parties.map((party) => <option key={party.id} value={party.id}>{`${party.name}: role sheet`}</option>)}
            </select>
          )}
        </Field>
      )}
      <Field label="Paper">
        {(tied) => (
          <select {...tied} value={paper ?? 'a4'} onChange={(event) => choose({ paper: event.currentTarget.value === 'a4' ? null : event.currentTarget.value })}>
            <option value="a4">A4</option>
            <option value="letter">Letter</option>
          </select>
        )}
      </Field>
    </section>
  )
}
