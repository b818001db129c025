/** A state: words before its code; choosing it here chooses it on every screen. */

import { chooseState, selectedState } from '../lib/store'

interface StateNameProps {
  code: string
  words: string
  /** Plain text, where the surroundings are a link or a button already. */
  plain?: boolean
}

export function StateName({ code, words, plain }: StateNameProps) {
  const inside = (
    <>
      <span class="state-words">{words}</span>
      {words !== code && <> <span class="code">{code}</span></>}
    </>
  )
  if (plain) return <span class="state-name">{inside}</span>
  const chosen = selectedState.value === code
  return (
    <button
      type="button"
      class={`state-name${chosen ? ' chosen' : ''}`}
      aria-pressed={chosen}
      onClick={() => chooseState(chosen ? null : code)}
    >
      {inside}
    </button>
  )
}
