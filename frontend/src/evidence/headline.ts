/** What a document is called on screen: its title, else its first line if that is a heading, else its name. */

import { Offsets } from './offsets'
import type { Doc } from './work'

export function headline({ title, lines, text, name }: Doc): string {
  const [first] = lines
  if (title) return title
  return first?.label === 'heading' ? new Offsets(text).slice(first.start, first.end) : name
}
