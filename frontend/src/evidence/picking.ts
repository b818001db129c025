/** From a selection in the page to a span of the document. */

import { trimmed, type Offsets } from './offsets'

/**
 * Return what is selected in the article, in code points; null if nothing is, and undefined if the
 * selection is elsewhere, as after a click on a button: what was picked before stays then.
 */
export function pickFrom(article: Element, offsets: Offsets): { start: number; end: number } | null | undefined {
  const selection = getSelection()
  if (!selection?.rangeCount) return undefined
  const range = selection.getRangeAt(0)
  if (!article.contains(range.commonAncestorContainer)) return undefined
  if (range.collapsed) return null
  const start = pointOf(article, offsets, range.startContainer, range.startOffset, 'start')
  const end = pointOf(article, offsets, range.endContainer, range.endOffset, 'end')
  return start === null || end === null || start >= end ? null : trimmed(offsets, start, end)
}

/** Return the offset in the document of a place in the page; between pieces, that of the nearest piece. */
function pointOf(article: Element, offsets: Offsets, node: Node, offset: number, edge: 'start' | 'end'): number | null {
  const piece = node instanceof Text && node.parentElement?.closest<HTMLElement>('[data-start]')
  if (piece) return offsets.toPoints(offsets.toUnits(Number(piece.dataset.start)) + offset)
  const place = document.createRange()
  place.setStart(node, offset)
  place.collapse(true)
  const pieces = [...article.querySelectorAll<HTMLElement>('[data-start]')]
  if (edge === 'start') {
    const after = pieces.find((one) => place.comparePoint(one, 0) >= 0)
    return after ? Number(after.dataset.start) : null
  }
  const before = pieces.findLast((one) => place.comparePoint(one, 0) < 0)
  return before ? Number(before.dataset.start) + [...(before.textContent ?? '')].length : null
}
