/**
 * A drawing made on the server (map of states, timeline), inline, so that its marks can be chosen.
 *
 * The page's policy forbids <style> and style attributes in markup; style sheets made in script and
 * the style object are allowed, so the drawing's own styles are moved there.
 */

import { useEffect, useRef } from 'preact/hooks'
import { useLoad } from './load'
import { Notice } from './ui'

interface DrawingProps {
  /** Address of the SVG, under /api. */
  src: string
  /** Says in a sentence what the drawing shows. */
  label: string
  /** Called with the mark that was clicked, or chosen by Enter. */
  onPick?: (mark: SVGElement) => void
  /** Marks that can be picked, for instance `[data-state]`. */
  marks?: string
  /** Called when the drawing is there, to mark what is chosen. */
  onReady?: (drawing: SVGSVGElement) => void
}

export function Drawing({ src, label, onPick, marks, onReady }: DrawingProps) {
  const room = useRef<HTMLDivElement>(null)
  const { data, problem } = useLoad(src, (signal) => text(src, signal))
  useEffect(() => {
    if (!data || !room.current) return
    const drawing = parsed(data)
    drawing.setAttribute('role', marks ? 'group' : 'img')
    drawing.setAttribute('aria-label', label)
    if (marks) {
      for (const mark of drawing.querySelectorAll(marks)) {
        mark.setAttribute('tabindex', '0')
        mark.setAttribute('role', 'button')
      }
    }
    room.current.replaceChildren(drawing)
    onReady?.(drawing)
  }, [data, label, marks])
  const pick = (event: Event) => {
    const mark = marks && (event.target as Element).closest<SVGElement>(marks)
    if (mark) onPick?.(mark)
  }
  if (problem) return <Notice problem={problem} />
  return (
    <div
      class="drawing"
      ref={room}
      onClick={pick}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        pick(event)
      }}
    />
  )
}

async function text(src: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(src, { signal })
  if (!response.ok) throw new Error('The drawing could not be made.')
  return response.text()
}

const sheets = new Set<string>()

function parsed(markup: string): SVGSVGElement {
  // Taken out before parsing: the policy complains as soon as the parser sees them.
  const bare = markup
    .replace(/<style[^>]*>(.*?)<\/style>/gs, (_, css: string) => {
      adopt(css)
      return ''
    })
    .replace(/ style="/g, ' data-style="')
  const own = new DOMParser().parseFromString(bare, 'image/svg+xml')
  for (const element of own.querySelectorAll<SVGElement>('[data-style]')) {
    element.style.cssText = element.dataset.style ?? ''
  }
  return document.adoptNode(own.documentElement) as unknown as SVGSVGElement
}

function adopt(css: string): void {
  if (sheets.has(css)) return
  sheets.add(css)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}
