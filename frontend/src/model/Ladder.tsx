/** The order of states that a party's preferences give, best first; neighbours can be swapped on it. */

import { useRef, useState } from 'preact/hooks'
import { api, problemOf, type Problem } from '../lib/api'
import { selectedState } from '../lib/store'
import { Button, Kbd, Notice, Progress } from '../lib/ui'
import { decidingOf } from './adapt'
import { Tool } from './Clauses'
import { current, edit, version } from './current'
import { useFlip } from './flip'
import { pieces } from './ladderview'
import { ladderFor, ladderProblem } from './ladders'
import { capital } from './moved'
import { Refused, told } from './Place'
import { levelled, stepped } from './reorder'
import { named, type Deciding, type Ladder as Order, type Model, type Party, type Rung, type Tier } from './shapes'
import { StateName } from './StateName'

interface LadderProps {
  id: string
  party: Party
  model: Model
  target: string | null
}

/** Level states of one place that are shown at once: fewer where the order is long. */
const MOST_LEVEL = 6
const FEW_LEVEL = 3
const LONG = 12

export function Ladder({ id, party, model, target }: LadderProps) {
  const kept = ladderFor(id, party.id)
  const room = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  useFlip(room, kept?.version)
  if (ladderProblem.value && !kept) return <Notice problem={ladderProblem.value} />
  if (!kept) return <Progress words="Ordering the states" />
  const { ladder, moved } = kept
  const now = model.status_quo?.code ?? null
  const marked = (tier: Tier) => tier.states.some((one) => one.code === now || one.code === target || one.code === selectedState.value)
  const open = ([from, to]: [number, number]) => {
    const more = new Set(opened)
    for (let place = from; place <= Math.min(to, from + 39); place++) more.add(place)
    setOpened(more)
  }
  return (
    <div class="ladder-room" ref={room}>
      {moved.length > 0 && kept.version === version.value && (
        <div class="moved">{moved.map((line) => <p key={line}>{line}</p>)}</div>
      )}
      <p class="small">Best first. Swap neighbours with the arrows, or press <Kbd>Alt ↑</Kbd> <Kbd>Alt ↓</Kbd> on a state.</p>
      <ol class="ladder" aria-label={`States in the order of ${party.name}, best first`}>
        {pieces(ladder.tiers, ladder.total, marked, opened).map((piece) =>
          'tier' in piece ? (
            <Step key={piece.tier.states[0]?.code ?? piece.tier.place} tier={piece.tier} order={ladder} party={party} now={now} target={target} />
          ) : (
            <li key={`gap-${piece.hidden[0]}`} class="ladder-gap">
              <Gap hidden={piece.hidden} given={ladder.tiers} onOpen={() => open(piece.hidden)} />
            </li>
          ),
        )}
      </ol>
    </div>
  )
}

function Gap({ hidden: [from, to], given, onOpen }: { hidden: [number, number]; given: readonly Tier[]; onOpen: () => void }) {
  const count = to - from + 1
  const words = `${count.toLocaleString('en')} more ${count === 1 ? 'place' : 'places'}`
  if (!given.some((tier) => tier.place === from)) return <span class="small">{words}, in the table of states</span>
  return <Button kind="quiet" onClick={onOpen}>{count > 40 ? `${words}; show 40` : words}</Button>
}

interface StepProps {
  tier: Tier
  order: Order
  party: Party
  now: string | null
  target: string | null
}

function Step({ tier, order, party, now, target }: StepProps) {
  const [all, setAll] = useState(false)
  const most = order.total > LONG ? FEW_LEVEL : MOST_LEVEL
  const first = (state: Rung) => state.code === now || state.code === target || state.code === selectedState.value
  const shown = all ? tier.states : tier.states.filter((state, k) => k < most || first(state))
  return (
    <li class="rung" value={tier.place + 1}>
      <span class="rung-place" aria-hidden="true">{tier.place + 1}</span>
      <ul class="rung-states">
        {shown.map((state) => (
          <Standing key={state.code} state={state} tier={tier} order={order} party={party} now={now} target={target} />
        ))}
        {shown.length < tier.states.length && (
          <li><Button kind="quiet" onClick={() => setAll(true)}>{tier.states.length - shown.length} more, level</Button></li>
        )}
      </ul>
      {tier.above && tier.place < order.total - 1 && <Reason above={tier.above} />}
    </li>
  )
}

/** Between two rungs: what puts the upper one there. */
function Reason({ above }: { above: Deciding }) {
  return (
    <p class="rung-reason">
      {above.index !== null && <span class="rung-by">{above.index + 1}</span>} {above.words ?? above.statement}
    </p>
  )
}

interface Offer {
  added: Deciding | null
  words: string
  problem: Problem | null
  upper: string
  lower: string
}

function Standing({ state, tier, order, party, now, target }: StepProps & { state: Rung }) {
  const [offer, setOffer] = useState<Offer | null>(null)
  const at = `ladder.${party.id}.${state.code}`
  const ranking = party.preferences.form === 'ranking'
  const neighbour = (way: 'up' | 'down') => order.tiers.find((one) => one.place === tier.place + (way === 'up' ? -1 : 1))?.states[0]
  const swap = async (way: 'up' | 'down') => {
    const other = neighbour(way)
    if (ranking) {
      const tiers = stepped(party.preferences.tiers, state.code, way)
      if (tiers) await edit({ kind: 'ranking', party: party.id, tiers }, at, `move ${named(state.words, state.code)} ${way}`)
      return
    }
    if (!other) return
    const [upper, lower] = way === 'up' ? [other, state] : [state, other]
    setOffer(await asked(party.id, upper, lower))
  }
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    void swap(event.key === 'ArrowUp' ? 'up' : 'down')
  }
  const up = neighbour('up')
  const down = neighbour('down')
  const level = ranking ? levelled(party.preferences.tiers, state.code) : null
  const is = [state.code === now && 'now', (state.code === target || state.target) && 'target'].filter(Boolean)
  return (
    <li class={`standing${is.map((one) => ` is-${one}`).join('')}`} data-flip={state.code} onKeyDown={keys}>
      <StateName code={state.code} words={state.words} />
      {is.map((one) => <span key={String(one)} class="tag">{one}</span>)}
      <span class="standing-tools">
        <Tool words={`Put ${state.words} above ${up?.words ?? 'nothing'}`} mark="↑" off={!up} run={() => void swap('up')} />
        <Tool words={`Put ${state.words} below ${down?.words ?? 'nothing'}`} mark="↓" off={!down} run={() => void swap('down')} />
        {level && (
          <Tool
            words={`Put ${state.words} level with the place above`}
            mark="="
            run={() => void edit({ kind: 'ranking', party: party.id, tiers: level }, at, `put ${state.words} level with the place above`)}
          />
        )}
      </span>
      {offer && <Offered offer={offer} party={party} at={at} onDone={() => setOffer(null)} />}
      <Refused place={at} />
    </li>
  )
}

/** Ask which statement would have to be added so that two neighbours change places. */
async function asked(party: string, upper: Rung, lower: Rung): Promise<Offer> {
  const doc = current.peek()
  const words = `${capital(named(lower.words, lower.code))} would come before ${named(upper.words, upper.code)}`
  const offer = { words, upper: upper.code, lower: lower.code }
  try {
    const question = { party, upper: upper.code, lower: lower.code }
    return { ...offer, added: decidingOf(await api.post(`cases/${encodeURIComponent(doc?.id ?? '')}/swap`, question)), problem: null }
  } catch (error) {
    return { ...offer, added: null, problem: problemOf(error) }
  }
}

function Offered({ offer, party, at, onDone }: { offer: Offer; party: Party; at: string; onDone: () => void }) {
  const add = async () => {
    const change = { kind: 'swap_states', party: party.id, upper: offer.upper, lower: offer.lower }
    if (await edit(change, at, `swap two states: ${offer.words}`)) onDone()
  }
  if (offer.problem) {
    return (
      <div class="offer" role="alert">
        <p>{told(offer.problem)}</p>
        <Button kind="quiet" onClick={onDone}>Leave it</Button>
      </div>
    )
  }
  return (
    <div class="offer" role="status">
      <p>{offer.words}, with one statement more. {offer.added?.words}</p>
      {offer.added?.statement && offer.added.statement !== offer.added.words && <code class="code">{offer.added.statement}</code>}
      <div class="row">
        <Button onClick={() => void add()}>Add it</Button>
        <Button kind="quiet" onClick={onDone}>Leave the order</Button>
      </div>
    </div>
  )
}
