/** Which lines two texts do not share. */

export interface Line {
  kind: 'same' | 'added' | 'removed' | 'gap'
  text: string
}

const MOST_CELLS = 4_000_000

/** Return the lines of both texts in order: those only the first has as removed, those only the second has as added. */
export function differences(before: string, after: string): Line[] {
  const a = before.split('\n')
  const b = after.split('\n')
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const same = (lines: string[]): Line[] => lines.map((text) => ({ kind: 'same', text }))
  return [
    ...same(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ]
}

/** The longest common subsequence, by the table; texts too long for it count as all different. */
function middle(a: string[], b: string[]): Line[] {
  const removed = (text: string): Line => ({ kind: 'removed', text })
  const added = (text: string): Line => ({ kind: 'added', text })
  if (a.length * b.length > MOST_CELLS) return [...a.map(removed), ...b.map(added)]
  const width = b.length + 1
  const length = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => length[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const found: Line[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found.push({ kind: 'same', text: a[i] ?? '' })
      i++
      j++
    } else if (at(i + 1, j) >= at(i, j + 1)) found.push(removed(a[i++] ?? ''))
    else found.push(added(b[j++] ?? ''))
  }
  return [...found, ...a.slice(i).map(removed), ...b.slice(j).map(added)]
}

/** Keep what differs and a few lines around it; what is left out in between becomes one gap. */
export function around(lines: readonly Line[], margin: number): Line[] {
  const near = lines.map((_, k) =>
    lines.slice(Math.max(0, k - margin), k + margin + 1).some((line) => line.kind !== 'same'),
  )
  const found: Line[] = []
  lines.forEach((line, k) => {
    if (near[k]) found.push(line)
    else if (found.length > 0 && found[found.length - 1]?.kind !== 'gap') found.push({ kind: 'gap', text: '…' })
  })
  if (found[found.length - 1]?.kind === 'gap') found.pop()
  return found
}
