/** Moves, answers and counter-moves, each under the one that it answers. */

import { PartyMark } from '../lib/ui'
import type { Model } from '../model/shapes'
import { StateName } from '../model/StateName'
import { href, route } from '../lib/router'
import type { Branch } from './tree'

interface TreeProps {
  branches: readonly Branch[]
  model: Model
  words: (code: string) => string
}

const ROLES: Record<Branch['role'], string> = { move: 'could move to', answer: 'could answer with', escape: 'could move on to', stuck: '', none: '' }

export function Tree({ branches, model, words }: TreeProps) {
  return (
    <ul class="why-tree">
      {branches.map((branch, k) => <Twig key={`${branch.to}${k}`} branch={branch} model={model} words={words} />)}
    </ul>
  )
}

function Twig({ branch, model, words }: Omit<TreeProps, 'branches'> & { branch: Branch }) {
  const party = model.parties.find((one) => one.id === branch.mover)
  return (
    <li class={`twig twig-${branch.role}`}>
      <p>
        {branch.to && party && <PartyMark number={party.colour} letter={party.letter} name={party.name} />}{' '}
        {branch.to && <>{ROLES[branch.role]} <a class="twig-state" href={href('why', route.value.subject, { ...route.value.query, state: branch.to })}><StateName plain code={branch.to} words={words(branch.to)} /></a></>}
        {branch.note && <span class={branch.to ? 'small' : undefined}>{branch.to ? ` ${branch.note}` : `${branch.note}.`}</span>}
      </p>
      {branch.children.length > 0 && <Tree branches={branch.children} model={model} words={words} />}
    </li>
  )
}
