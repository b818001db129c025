/** What can be done with the words that are selected in the article. */

import { Button } from '../lib/ui'
import { respan, startAdding } from './judging'
import { Offsets } from './offsets'
import { adding, doc, picked, selected } from './work'

const SHOWN = 60

export function Picked() {
  const span = picked.value
  if (!span || !doc.value || adding.value) return null
  const words = new Offsets(doc.value.text).slice(span.start, span.end)
  // A press on a button would take the selection away before the click.
  const keep = (event: MouseEvent) => event.preventDefault()
  return (
    <div class="picked" role="region" aria-label="Selected words" onMouseDown={keep}>
      <p class="small">Selected: “{words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words}”</p>
      <div class="row">
        <Button keyName="n" onClick={startAdding}>New statement</Button>
        {selected.value && <Button keyName="s" onClick={respan}>These words instead</Button>}
      </div>
    </div>
  )
}
