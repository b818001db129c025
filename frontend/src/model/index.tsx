/** The model: who is there, what each controls, what each wants, and what a change does to the result. */

import { useEffect } from 'preact/hooks'
import { typing, useKeys } from '../lib/keys'
import { choose, route } from '../lib/router'
import { Cannot } from './Cannot'
import { CaseFile } from './CaseFile'
import { redo, undo } from './current'
import { Frame } from './Frame'
import { Options } from './Options'
import { Preferences } from './Preferences'
import { Result } from './Result'
import type { CaseDoc, Model } from './shapes'
import { StateName } from './StateName'
import './model.css'

const PARTS = { wants: 'Preferences', parties: 'Parties and options', cannot: 'What cannot be', file: 'Case file' } as const
type Part = keyof typeof PARTS

export default function Screen() {
  useHistoryKeys()
  useKeys([])
  return (
    <Frame title="Model" screen="model">
      {(doc, model) => <Body doc={doc} model={model} />}
    </Frame>
  )
}

function Body({ doc, model }: { doc: CaseDoc; model: Model }) {
  const asked = route.value.query.part as Part | undefined
  const part: Part = asked && asked in PARTS ? asked : 'wants'
  return (
    <>
      <Facts model={model} />
      <Result />
      <div class="parts" role="group" aria-label="Parts of the model">
        {(Object.keys(PARTS) as Part[]).map((key) => (
          <button key={key} type="button" class="part" aria-pressed={key === part} onClick={() => choose({ part: key === 'wants' ? null : key })}>
            {PARTS[key]}
            {key === 'cannot' && model.infeasible.length > 0 && <span class="small figures"> {model.infeasible.length}</span>}
          </button>
        ))}
      </div>
      {part === 'wants' && <Preferences doc={doc} model={model} />}
      {part === 'parties' && <Options model={model} />}
      {part === 'cannot' && <Cannot model={model} />}
      {part === 'file' && <CaseFile key={doc.id} doc={doc} />}
    </>
  )
}

function Facts({ model }: { model: Model }) {
  const outside = model.parties.filter((party) => party.outside).length
  const options = model.parties.reduce((sum, party) => sum + party.options.length, 0)
  const count = (n: number, word: string) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`
  return (
    <ul class="case-facts small">
      <li>{model.parties.length - outside} of {count(model.parties.length, 'party').replace('partys', 'parties')} at the table</li>
      {model.form === 'option' && <li>{count(options, 'option')}</li>}
      <li>{count(model.states, 'state')}</li>
      <li>
        now: {model.status_quo ? <StateName code={model.status_quo.code} words={model.status_quo.words} /> : 'not said'}
      </li>
      {model.as_of && <li>as of {model.as_of}</li>}
    </ul>
  )
}

/** Ctrl+Z and Ctrl+Shift+Z are the history of the case here, not of the judgements of statements. */
function useHistoryKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || typing(event)) return
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      event.preventDefault()
      event.stopImmediatePropagation()
      void (key === 'y' || event.shiftKey ? redo() : undo())
    }
    addEventListener('keydown', listen, true)
    return () => removeEventListener('keydown', listen, true)
  }, [])
}
