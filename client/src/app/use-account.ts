import { useCallback, useEffect, useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { Device } from '../store/device'
import type { OpenAccount } from '../store/open-account'
import type { SignInWith } from '../store/sign-in-failure'
import { loadFirstScreens } from './load-open-journal'
import { closeToast } from '../ui/toasts'

export type AccountState = { is: 'opening' } | { is: 'nobody' } | { is: 'open'; account: OpenAccount }

/** The journal's engine and its screens: the door is shown without them, and they come while the password is typed. */
const loadEntrance = () => import('../store/sign-in')
const entranceAfter = 500

/** Tells the other tabs whose vault was closed: they hear of a change here, and this tab does not. */
const signedOutKey = 'zvonok-signed-out'

/** Asks for all that opens a remembered person's journal, at once: nobody waits for one after the other. */
export function beginToOpen(device: Device): void {
  if (!device.opensItself()) return
  loadEntrance().catch(sayNothing)
  device.keyring().catch(sayNothing)
  // Most are of the staff.
  void loadFirstScreens(true)
}

async function resumeOn(device: Device): Promise<OpenAccount | null> {
  try {
    if (!device.opensItself()) {
      if (!(await device.mayBeKnown())) return null
      // The door waits for the keyring alone, not for the engine behind it.
      if (!(await (await device.keyring()).remembered())) return null
      beginToOpen(device)
    }
    const account = await (await loadEntrance()).resume(device)
    if (account) await loadFirstScreensOf(account)
    return account
  } catch {
    // The code could not be loaded: the door says so when somebody wants in.
    return null
  }
}

const loadFirstScreensOf = ({ journal }: OpenAccount) => loadFirstScreens(journal.me.roles.length > 0)

/** Whose journal is open in this page, from sign-in to sign-out, over all tabs. */
export function useAccount(device: Device): {
  state: AccountState
  signIn: SignInWith
  signOut: () => Promise<void>
} {
  const [state, setState] = useState<AccountState>(() =>
    device.opensItself() === false ? { is: 'nobody' } : { is: 'opening' },
  )
  const current = useRef<OpenAccount | null>(null)

  const show = useCallback((account: OpenAccount | null) => {
    // «Тема записана · Отменить» is the one person's, and the next may be another.
    closeToast()
    current.current = account
    setState(account ? { is: 'open', account } : { is: 'nobody' })
  }, [])

  useEffect(() => {
    let left = false
    if (device.opensItself() === false) {
      // Were the note wrong, it is right the next time; who is at the door now is not sent away from it.
      void device.keyring().then((keyring) => keyring.remembered(), sayNothing)
      return () => void current.current?.close()
    }
    void resumeOn(device).then((account) => {
      if (left) return account?.close()
      return show(account)
    })
    return () => {
      left = true
      void current.current?.close()
    }
  }, [device, show])

  // Who signs out in one tab has signed out: the others of the same person close too.
  useEffect(() => {
    const hear = ({ key, newValue }: StorageEvent) => {
      const account = current.current
      if (key !== signedOutKey || !account || newValue?.split(' ')[0] !== account.vault.id) return
      show(null)
      void account.close()
    }
    window.addEventListener('storage', hear)
    return () => window.removeEventListener('storage', hear)
  }, [show])

  // Whoever loses the network at the door must be able to come in all the same, once the shell is kept.
  useEffect(() => {
    if (state.is !== 'nobody') return undefined
    const timer = setTimeout(() => {
      loadEntrance().catch(sayNothing)
      void loadFirstScreens(true)
    }, entranceAfter)
    return () => clearTimeout(timer)
  }, [state.is])

  const enter: SignInWith = useCallback(
    async (login, password, remember) => {
      const { signIn } = await loadEntrance()
      const result = await signIn(device, { login, password }, remember, current.current)
      if (!result.ok) return result
      await loadFirstScreensOf(result.account)
      show(result.account)
      if (location.pathname === '/sign-in') navigate('/', { replace: true })
      return { ok: true }
    },
    [device, show],
  )

  const leave = useCallback(async () => {
    const account = current.current
    if (!account) return
    show(null)
    // Where one was is nobody else's business.
    navigate('/', { replace: true })
    localStorage.setItem(signedOutKey, `${account.vault.id} ${Date.now()}`)
    await account.signOut()
  }, [show])

  return { state, signIn: enter, signOut: leave }
}

// What could not be had is asked for again where it is needed, which says so.
function sayNothing(): void {}
