/** What a change did to the result, in words. */

import { spaced, type Verdict } from './shapes'

export interface Outcome {
  /** "enforcement problem → open", or the kind as it stays. */
  kinds: string
  /** One sentence for those who do not see the arrow. */
  sentence: string
  changed: boolean
}

export function outcome(before: Verdict | null, now: Verdict): Outcome {
  const is = kindOf(now)
  if (!before || (before.kind === now.kind && before.sentence === now.sentence)) {
    return { kinds: is, sentence: before ? `The result stays as it was: ${is}.` : `The result: ${is}.`, changed: false }
  }
  const was = kindOf(before)
  if (was === is) return { kinds: is, sentence: `Still ${article(is)}, but the headline changed.`, changed: true }
  return { kinds: `${was} → ${is}`, sentence: `The result changed from ${article(was)} to ${article(is)}.`, changed: true }
}

/** A kind in words: "no zone of agreement" says more than "no zone". */
export function kindWords(kind: string | null): string {
  if (kind === null) return 'no result'
  if (kind === 'not-a-deadlock') return 'no deadlock'
  if (kind === 'no-zone') return 'no zone of agreement'
  return spaced(kind)
}

const kindOf = (verdict: Verdict): string => kindWords(verdict.kind)

/** "an enforcement problem", but "open" and "no deadlock". */
function article(words: string): string {
  if (words.startsWith('no ') || words === 'open') return words
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
}
