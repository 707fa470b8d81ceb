import { useState, useSyncExternalStore } from 'react'
import { useText } from '../text/text'
import { appTexts } from './app-texts'
import type { Updates } from './updates'

/** A newer version waits: quiet, and never by itself. */
export function UpdatePrompt({ updates }: { updates: Updates }) {
  const text = useText(appTexts)
  const ready = useSyncExternalStore(updates.subscribe, updates.ready)
  const [later, setLater] = useState(false)
  if (!ready || later) return null
  return (
    <section className="app-note app-update">
      <output className="app-said">{text.updateReady}</output>
      <button type="button" className="ui-button ui-button-main" onClick={updates.accept}>
        {text.update}
      </button>
      <button type="button" className="ui-button ui-button-quiet" onClick={() => setLater(true)}>
        {text.later}
      </button>
    </section>
  )
}
