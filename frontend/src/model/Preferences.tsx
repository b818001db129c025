/** What each party wants: its statements, ranking or weights, with the order of states beside them. */

import { useEffect } from 'preact/hooks'
import { choose, route } from '../lib/router'
import { PartyMark } from '../lib/ui'
import { Clauses } from './Clauses'
import { verdict, version } from './current'
import { Ladder } from './Ladder'
import { need } from './ladders'
import { Prefers } from './Prefers'
import type { CaseDoc, Model, Party } from './shapes'
import { Weights } from './Weights'

export function Preferences({ doc, model }: { doc: CaseDoc; model: Model }) {
  const asked = route.value.query.party
  const party = model.parties.find((one) => one.id === asked) ?? model.parties[0]
  useEffect(() => {
    if (party) void need(doc, party.id)
  }, [doc.id, version.value, party?.id])
  if (!party) return <p>The case has no parties yet: add one under “Parties and options”.</p>
  const target = verdict.value?.witness ?? null
  return (
    <div class="preferences">
      <div class="party-tabs" role="group" aria-label="Whose preferences">
        {model.parties.map((one) => (
          <button
            key={one.id}
            type="button"
            class="party-tab"
            aria-pressed={one.id === party.id}
            onClick={() => choose({ party: one.id })}
          >
            <PartyMark number={one.colour} letter={one.letter} name={one.name} />
            {one.outside && <span class="small"> outside</span>}
          </button>
        ))}
      </div>
      <div class="preferences-sides">
        <section aria-labelledby="wants-title">
          <h2 id="wants-title" class="section-title">
            <PartyMark number={party.colour} letter={party.letter} name={party.name} /> wants
          </h2>
          <Form party={party} model={model} />
        </section>
        <section aria-labelledby="order-title">
          <h2 id="order-title" class="section-title">The order of states this gives</h2>
          <Ladder key={`${doc.id}.${party.id}`} id={doc.id} party={party} model={model} target={target} />
          <Prefers key={`why.${party.id}`} id={doc.id} party={party} model={model} target={target} />
        </section>
      </div>
    </div>
  )
}

function Form({ party, model }: { party: Party; model: Model }) {
  switch (party.preferences.form) {
    case 'weights':
      return <Weights party={party} />
    case 'ranking':
      return (
        <p class="reading">
          The case gives the order of {party.name} state by state. Move states on the ladder beside this: up, down, or level
          with the place above.
        </p>
      )
    case 'none':
      return (
        <>
          <p class="reading">
            The case says nothing about what {party.name} wants: every state is the same to it. The first statement that you add
            changes that.
          </p>
          {model.form === 'option' && <Clauses party={party} model={model} />}
        </>
      )
    default:
      return <Clauses party={party} model={model} />
  }
}
