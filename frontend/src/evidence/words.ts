/** Types and states of statements: glyph and meaning. Glyphs are those of src/detente/report/evidence.py. */

import { joined } from '../lib/words'
import type { ReviewState, Statement } from '../lib/types'

export interface StatementType {
  glyph: string
  /** What the actor does. */
  meaning: string
}

export const TYPES: Readonly<Record<string, StatementType>> = {
  demand: { glyph: '▲', meaning: 'wants, asks or urges that something be done or accepted' },
  offer: { glyph: '◇', meaning: 'proposes to do or give something, often in return for something' },
  commitment: { glyph: '◆', meaning: 'promises, guarantees, undertakes or agrees to something' },
  precondition: { glyph: '»', meaning: 'makes one thing wait for another' },
  endorsement: { glyph: '+', meaning: 'supports another’s position, proposal or text' },
  rejection: { glyph: '×', meaning: 'refuses a demand, offer, condition or text, or to give way' },
  accusation: { glyph: '※', meaning: 'blames someone' },
  threat: { glyph: '‡', meaning: 'announces harm, withdrawal or punishment' },
  'threat-perception': { glyph: '◎', meaning: 'sees a danger to itself' },
  concession: { glyph: '▽', meaning: 'has given up or dropped something' },
  cooperation: { glyph: '∞', meaning: 'meets, mediates, hosts or acts together with others' },
}

export const glyphOf = (type: string): string => TYPES[type]?.glyph ?? '?'

export const STATE_WORDS: Record<ReviewState, string> = {
  proposed: 'proposed',
  accepted: 'accepted',
  edited: 'accepted with changes',
  rejected: 'rejected',
}

export const STATE_MARKS: Record<ReviewState, string> = { proposed: '·', accepted: '✓', edited: '~', rejected: '✗' }

/** Why a line is no part of the running text. */
export const RESIDUE: Readonly<Record<string, string>> = {
  kicker: 'kicker',
  byline: 'byline',
  caption: 'caption',
  'pull-quote': 'pull quote: repeats the text',
  'read-more': 'link to another article',
  related: 'related articles',
  newsletter: 'newsletter',
  advertisement: 'advertisement',
  comments: 'readers’ comments',
}

/** "Taliban → United States" */
export function whoToWhom({ actors, targets }: Pick<Statement, 'actors' | 'targets'>): string {
  const who = joined(actors) || 'nobody named'
  return targets.length ? `${who} → ${joined(targets)}` : who
}

/** "demand of the Taliban", for announcements and for undo. */
export const shortly = (row: Statement): string => `${row.type}, ${whoToWhom(row)}`
