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

async function resumeOn(device: Device): Promise<OpenAccount | null> {
  try {
    if (!(await device.mayBeKnown())) return null
    // Both are asked for at once: whoever is remembered waits for neither after the other. Most are of the staff.
    void loadFirstScreens(true)
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
  const [state, setState] = useState<AccountState>({ is: 'opening' })
  const current = useRef<OpenAccount | null>(null)

  const show = useCallback((account: OpenAccount | null) => {
    // «Тема записана · Отменить» is the one person's, and the next may be another.
    closeToast()
    current.current = account
    setState(account ? { is: 'open', account } : { is: 'nobody' })
  }, [])

  useEffect(() => {
    let left = false
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
      loadEntrance().catch(() => {})
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
