import { useEffect } from 'react'
import type { OpenAccount } from '../store/open-account'

/** Tells the journal that the network or the page has come back, and warns before leaving what is not on disk. */
export function useContact(account: OpenAccount): void {
  useEffect(() => {
    const contact = () => account.contact()
    const seen = () => {
      if (document.visibilityState === 'visible') contact()
    }
    const leaving = (event: BeforeUnloadEvent) => {
      const { storage, unsent } = account.journal.status()
      if (storage !== 'ok' && unsent > 0) event.preventDefault()
    }
    window.addEventListener('online', contact)
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('beforeunload', leaving)
    return () => {
      window.removeEventListener('online', contact)
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('beforeunload', leaving)
    }
  }, [account])
}
