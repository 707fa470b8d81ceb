import { useCallback, useEffect, useMemo, useState } from 'react'
import { FirstPasswordScreen } from '../features/account/first-password-screen'
import { SignInScreen } from '../features/sign-in/sign-in-screen'
import type { Device } from '../store/device'
import type { OpenAccount } from '../store/open-account'
import { JournalContext } from '../store/use-journal'
import { useText } from '../text/text'
import { accountActions } from './account-actions'
import { appTexts } from './app-texts'
import { Layout } from './layout'
import { Screens } from './screens'
import { UpdatePrompt } from './update-prompt'
import type { Updates } from './updates'
import { useAccount } from './use-account'
import { useContact } from './use-contact'
import './app.css'

/** The whole application: the door, or an open journal. */
export function Root({ device, updates }: { device: Device; updates: Updates }) {
  const { state, signIn, signOut } = useAccount(device)
  const [known, setKnown] = useState(false)
  const text = useText(appTexts)
  useEffect(() => {
    if (state.is !== 'nobody') return
    void device
      .keyring()
      .then((keyring) => keyring.count())
      .then(
        (count) => setKnown(count > 0),
        () => setKnown(false),
      )
  }, [device, state.is])
  const demo = useCallback(async () => {
    const reply = await device.api.demo()
    return reply.ok ? reply.body : null
  }, [device])

  const door = <SignInScreen signIn={signIn} known={known} demo={demo} />
  return (
    <>
      {state.is === 'opening' && <p className="app-opening">{text.loading}</p>}
      {state.is === 'nobody' && door}
      {state.is === 'open' && (
        <OpenJournal
          key={state.account.vault.id}
          account={state.account}
          device={device}
          door={<SignInScreen signIn={signIn} known demo={demo} />}
          signOut={signOut}
          updates={updates}
        />
      )}
      <UpdatePrompt updates={updates} />
    </>
  )
}

interface OpenProps {
  account: OpenAccount
  device: Device
  /** For signing in again while the journal stays open. */
  door: React.ReactNode
  signOut: () => Promise<void>
  updates: Updates
}

function OpenJournal({ account, device, door, signOut, updates }: OpenProps) {
  const actions = useMemo(() => accountActions(device, account, signOut), [device, account, signOut])
  const [mustChange, setMustChange] = useState(account.mustChangePassword())
  useContact(account)
  useEffect(() => updates.waitFor(() => account.journal.settled()), [updates, account])
  if (mustChange) {
    const done = () => setMustChange(false)
    return <FirstPasswordScreen change={actions.changePassword} onDone={done} signOut={signOut} />
  }
  return (
    <JournalContext value={account.journal}>
      <Layout>
        <Screens account={account} actions={actions} device={device} door={door} />
      </Layout>
    </JournalContext>
  )
}
