import { useCallback, useEffect, useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { Device } from '../store/device'
import type { OpenAccount } from '../store/open-account'
import { resume, signIn } from '../store/sign-in'
import type { SignInWith } from '../store/sign-in-failure'
import { closeToast } from '../ui/toasts'

export type AccountState = { is: 'opening' } | { is: 'nobody' } | { is: 'open'; account: OpenAccount }

/** Tells the other tabs whose vault was closed: they hear of a change here, and this tab does not. */
const signedOutKey = 'zvonok-signed-out'

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
    void resume(device).then((account) => {
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

  const enter: SignInWith = useCallback(
    async (login, password, remember) => {
      const result = await signIn(device, { login, password }, remember, current.current)
      if (!result.ok) return result
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
