/** The left rail: the six steps in the order of the work. On a narrow screen it is a bar at the bottom. */

import { computed } from '@preact/signals'
import { href, route, STEPS, type Step } from './lib/router'
import { desk, selectedCase, selectedState, theme, type Theme } from './lib/store'
import type { Desk } from './lib/types'
import { figure } from './lib/words'
import { TITLES } from './screens'

interface Standing {
  count: number
  /** Why somebody is needed here, or null. */
  waits: string | null
}

const standing = computed(() => {
  const now = desk.value
  return (step: Step): Standing => {
    if (!now) return { count: 0, waits: null }
    return { count: countOf(step, now), waits: waitingOf(step, now) }
  }
})

/** How much there is; of the other steps there is nothing to count. */
function countOf(step: Step, { statements, cases }: Desk): number {
  if (step === 'evidence') return statements.proposed + statements.accepted + statements.edited
  if (step === 'model') return cases.filter((item) => !item.scenario_of).length
  if (step === 'unlock') return cases.filter((item) => item.scenario_of).length
  return 0
}

function waitingOf(step: Step, { waits }: Desk): string | null {
  const waiting = waits[step]
  if (!waiting) return null
  if (step === 'evidence') return `${figure(waiting)} to judge`
  return step === 'model' ? 'a case can be drafted' : 'something waits'
}

export function Rail() {
  const { screen } = route.value
  return (
    <nav class="rail" aria-label="Steps">
      <a class="brand" href={href('start')} aria-current={screen === 'start' ? 'page' : undefined}>
        <span class="brand-name">Détente</span>
        <span class="brand-place">{desk.value?.workspace.name}</span>
      </a>
      <ol class="steps">
        {STEPS.map((step) => <StepLink key={step} step={step} current={screen === step} />)}
      </ol>
      <ThemeSwitch />
    </nav>
  )
}

function StepLink({ step, current }: { step: Step; current: boolean }) {
  const { count, waits } = standing.value(step)
  const subject = step === 'evidence' ? null : selectedCase.value
  const query = step === 'evidence' || !subject ? {} : { state: selectedState.value }
  return (
    <li>
      <a class="step" href={href(step, subject, query)} aria-current={current ? 'page' : undefined} title={waits ?? undefined}>
        <span class="step-name">{TITLES[step]}</span>
        <span class="step-standing">
          {count > 0 && figure(count)}
          {waits && <span class="step-waits"><span class="unseen">{waits}</span></span>}
        </span>
      </a>
    </li>
  )
}

const THEME_NAMES: Record<Theme, string> = { system: 'Auto', light: 'Light', dark: 'Dark' }

function ThemeSwitch() {
  return (
    <fieldset class="theme">
      <legend class="unseen">Theme</legend>
      {(Object.keys(THEME_NAMES) as Theme[]).map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="theme"
            class="unseen"
            checked={theme.value === name}
            onChange={() => (theme.value = name)}
          />
          <span>{THEME_NAMES[name]}</span>
        </label>
      ))}
    </fieldset>
  )
}
