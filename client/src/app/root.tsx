import { Suspense, useCallback, useEffect, useState } from 'react'
import { SignInScreen } from '../features/sign-in/sign-in-screen'
import type { Device } from '../store/device'
import { useText } from '../text/text'
import { appTexts } from './app-texts'
import { openJournal } from './load-open-journal'
import { UpdatePrompt } from './update-prompt'
import type { Updates } from './updates'
import { useAccount } from './use-account'
import './app.css'

const { Screen: OpenJournal } = openJournal

/** The whole application: the door, or an open journal. */
export function Root({ device, updates }: { device: Device; updates: Updates }) {
  const { state, signIn, signOut } = useAccount(device)
  const [known, setKnown] = useState(false)
  const text = useText(appTexts)
  useEffect(() => {
    if (state.is !== 'nobody') return
    void countKnown(device).then(
      (count) => setKnown(count > 0),
      () => setKnown(false),
    )
  }, [device, state.is])
  const demo = useCallback(async () => {
    const reply = await device.api.demo()
    return reply.ok ? reply.body : null
  }, [device])

  const door = <SignInScreen signIn={signIn} known={known} demo={demo} />
  const opening = <p className="app-opening">{text.loading}</p>
  return (
    <>
      {state.is === 'opening' && opening}
      {state.is === 'nobody' && door}
      {state.is === 'open' && (
        <Suspense fallback={opening}>
          <OpenJournal
            key={state.account.vault.id}
            account={state.account}
            device={device}
            door={<SignInScreen signIn={signIn} known demo={demo} />}
            signOut={signOut}
            updates={updates}
          />
        </Suspense>
      )}
      <UpdatePrompt updates={updates} />
    </>
  )
}

async function countKnown(device: Device): Promise<number> {
  return (await device.mayBeKnown()) ? (await device.keyring()).count() : 0
}
