/** The statement that decides what a party prefers, with its quotation. */

import { useEffect } from 'preact/hooks'
import { Quotes } from '../model/Cited'
import { clauseAt, decides } from '../model/ladderview'
import { ladderFor, need } from '../model/ladders'
import { named, type CaseDoc, type Party } from '../model/shapes'

interface DecidingProps {
  doc: CaseDoc
  party: Party
  better: string
  worse: string
  words: (code: string) => string
}

export function Deciding({ doc, party, better, worse, words }: DecidingProps) {
  useEffect(() => void need(doc, party.id), [doc.id, doc.version, party.id])
  const tiers = ladderFor(doc.id, party.id)?.ladder.tiers
  if (!tiers) return null
  const place = (code: string) => tiers.find((tier) => tier.states.some((state) => state.code === code))?.place
  const [up, down] = [place(better), place(worse)]
  if (up === undefined || down === undefined || up >= down) return null
  const told = <>{party.name} prefers {named(words(better), better)} to {named(words(worse), worse)}</>
  if (party.preferences.form !== 'priorities') {
    return <p class="deciding">{told}, by the {party.preferences.form} that the case gives it.</p>
  }
  const found = decides(tiers, up, down)
  if (!found) return <p class="deciding">{told}.</p>
  const clause = clauseAt(party.preferences.clauses, found)
  return (
    <div class="deciding">
      <p>
        {told} because of {found.index !== null && <>statement {found.index + 1}, </>}<b>{clause.words}</b>.
      </p>
      {clause.evidence.length > 0 && <Quotes ids={clause.evidence} />}
    </div>
  )
}
