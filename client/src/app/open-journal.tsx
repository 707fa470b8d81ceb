import { useEffect, useMemo, useState } from 'react'
import { FirstPasswordScreen } from '../features/account/first-password-screen'
import type { Device } from '../store/device'
import type { OpenAccount } from '../store/open-account'
import { JournalContext } from '../store/use-journal'
import { accountActions } from './account-actions'
import { Layout } from './layout'
import { Screens } from './screens'
import type { Updates } from './updates'
import { useContact } from './use-contact'

interface Props {
  account: OpenAccount
  device: Device
  /** For signing in again while the journal stays open. */
  door: React.ReactNode
  signOut: () => Promise<void>
  updates: Updates
}

/** An open journal: everything behind the door. */
export function OpenJournal({ account, device, door, signOut, updates }: Props) {
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
