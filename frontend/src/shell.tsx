/** What stands around every screen: skip link, rail, theme switch, keys, announcements. */

import { useEffect } from 'preact/hooks'
import { Keys } from './keys'
import { keysShown, typing } from './lib/keys'
import { route } from './lib/router'
import { deskProblem, loadDesk, undoLast } from './lib/store'
import { Button, LiveRegion, Notice } from './lib/ui'
import { Rail } from './rail'
import { Screen } from './screens'

export function Shell() {
  const { screen, subject } = route.value
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (typing(event)) return
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'z') {
        event.preventDefault()
        void undoLast()
      } else if (event.key === '?') {
        keysShown.value = !keysShown.peek()
      }
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <button type="button" class="skip" onClick={focusMain}>Skip to the content</button>
      <div class={`shell shell-${screen}`}>
        <Rail />
        <main id="content" tabIndex={-1}>
          {deskProblem.value && (
            <Notice
              problem={deskProblem.value}
              actions={<Button onClick={() => void loadDesk()}>Try again</Button>}
            />
          )}
          <Screen key={`${screen}/${subject ?? ''}`} name={screen} />
        </main>
        {keysShown.value && <Keys />}
      </div>
      <LiveRegion />
    </>
  )
}

/** A link with a hash would be read as a route; so the skip link is a button. */
function focusMain(): void {
  document.getElementById('content')?.focus()
}
