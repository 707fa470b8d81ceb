import type { SessionsReply } from 'shared/wire/session'
import type { PasswordFailure } from '../../text/account'

export type Session = SessionsReply['sessions'][number]

/** What the account screen asks of the world; `app/` hands it in, over the only road to the server. */
export interface AccountActions {
  /** Null when the school cannot be asked now. */
  sessions: () => Promise<Session[] | null>
  /** Whether it is signed out there now. */
  revoke: (session: string) => Promise<boolean>
  changePassword: ChangePassword
  signOut: () => Promise<void>
  storage: () => Promise<StorageState>
  /** Asks the browser to keep the journal for good. */
  askStorage: () => Promise<StorageState>
  version: string
}

export type ChangePassword = (
  old: string,
  next: string,
) => Promise<{ ok: true } | { ok: false; why: PasswordFailure }>

export type StorageState = 'persisted' | 'best-effort' | 'unknown'
