/** The list of keys, opened by `?`. It stands beside the content and takes nothing away from it. */

import { useEffect, useRef } from 'preact/hooks'
import { keysShown, shortcuts } from './lib/keys'
import { Button, Kbd } from './lib/ui'

const EVERYWHERE = [
  { key: 'Ctrl Z', words: 'undo the last edit' },
  { key: '?', words: 'show or hide these keys' },
]

export function Keys() {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const close = () => {
    keysShown.value = false
  }
  return (
    <aside
      ref={panel}
      class="keys"
      aria-label="Keys"
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <h2>Keys</h2>
      <dl>
        {[...shortcuts.value, ...EVERYWHERE].map(({ key, words }) => (
          <div key={key}>
            <dt><Kbd>{key}</Kbd></dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Button kind="quiet" keyName="Escape" onClick={close}>Close</Button>
    </aside>
  )
}
