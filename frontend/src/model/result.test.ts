import { describe, expect, it } from 'vitest'
import { outcome } from './result'
import type { Verdict } from './shapes'

const verdict = (kind: string | null, sentence = String(kind)): Verdict => ({ kind, sentence, witness: null, deadlock: null })

describe('outcome', () => {
  it('names both kinds when the kind changes', () => {
    const found = outcome(verdict('enforcement-problem'), verdict('open'))
    expect(found.kinds).toBe('enforcement problem → open')
    expect(found.sentence).toBe('The result changed from an enforcement problem to open.')
    expect(found.changed).toBe(true)
  })
  it('says when it stays', () => {
    const found = outcome(verdict('sequencing-trap'), verdict('sequencing-trap'))
    expect(found).toEqual({ kinds: 'sequencing trap', sentence: 'The result stays as it was: sequencing trap.', changed: false })
  })
  it('says when only the headline changes', () => {
    expect(outcome(verdict('double-bind', 'a'), verdict('double-bind', 'b')).sentence).toBe('Still a double bind, but the headline changed.')
  })
  it('speaks of no zone and no deadlock in full', () => {
    expect(outcome(verdict('no-zone'), verdict('not-a-deadlock')).kinds).toBe('no zone of agreement → no deadlock')
  })
  it('says what there is when nothing was before', () => expect(outcome(null, verdict('open')).kinds).toBe('open'))
})
