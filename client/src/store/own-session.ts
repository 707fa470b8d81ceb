import type { SessionReply } from 'shared/wire/session'
import type { ApiFailure, ApiResult } from '../sync/ports'
import type { RunFailure } from '../sync/run'
import type { Device } from './device'

export interface Credentials {
  login: string
  password: string
}

interface Parts {
  device: Pick<Device, 'api' | 'lock' | 'cookie' | 'name'>
  vault: { id: string; device: string }
  person: string
  /** In memory while the journal is open; null where it was opened without a password. */
  credentials: () => Credentials | null
  /** The password opens no more sessions: it is another by now, or the session was ended. */
  forget: () => void
  onSession: (session: SessionReply) => void
  /** A session was opened with this very sign-in. */
  fresh: boolean
}

export const cookieLock = 'zvonok-cookie'

/** Opens a session, and remembers whose it is. Alone: nobody may send under a cookie that is changing. */
export function openSession(
  { api, lock, cookie, name }: Pick<Device, 'api' | 'lock' | 'cookie' | 'name'>,
  { login, password }: Credentials,
  vault: { id: string; device: string },
  timeout?: number,
): Promise<ApiResult<SessionReply>> {
  return lock(cookieLock, 'exclusive', async () => {
    const before = cookie.owner()
    // An answer may get lost after the server has changed the cookie: then it is nobody's.
    cookie.set(null)
    const reply = await api.signIn({ login, password, device: { id: vault.device, name } }, timeout)
    if (reply.ok) cookie.set(vault.id)
    else if (reply.failure !== 'offline') cookie.set(before)
    return reply
  })
}

/**
 * Sees to it that one person's entries never go out under another's session: on a shared tablet the cookie is the last
 * one's who signed in with a network. Runs wait for each other over all tabs (O1).
 */
export function ownSession(parts: Parts) {
  const { device, vault, person, credentials, forget, onSession } = parts
  const { api, lock, cookie } = device
  let known = parts.fresh

  const isOurs = () => known && cookie.owner() === vault.id

  async function establish(): Promise<ApiFailure | null> {
    const own = credentials()
    if (cookie.owner() === vault.id || !own) {
      const reply = await api.session()
      if (reply.ok && reply.body.person === person) return take(reply.body)
      if (!reply.ok && reply.failure !== 'signed-out') return reply.failure
    }
    if (!own) return 'signed-out'
    const reply = await openSession(device, own, vault)
    if (reply.ok && reply.body.person === person) return take(reply.body)
    if (reply.ok) return 'signed-out'
    // Not again and again with a password that the school refuses.
    if (reply.failure === 'signed-out') forget()
    return reply.failure
  }

  function take(session: SessionReply): null {
    cookie.set(vault.id)
    known = true
    onSession(session)
    return null
  }

  async function guarded(run: () => Promise<RunFailure>): Promise<RunFailure> {
    if (!isOurs()) {
      const failure = await establish()
      if (failure) return failure
    }
    return lock(cookieLock, 'shared', async () => (isOurs() ? run() : 'signed-out'))
  }

  return {
    isOurs,
    exclusively: (run: () => Promise<RunFailure>): Promise<RunFailure> =>
      lock(`zvonok-pump ${vault.id}`, 'exclusive', async () => {
        const failure = await guarded(run)
        if (failure !== 'signed-out' || !credentials()) return failure
        const wasEnded = isOurs()
        known = false
        if (!wasEnded) return guarded(run)
        // ACC-21: a session that was ended at the school stays ended until its person says the password again.
        forget()
        return failure
      }),
    /** Ends the session at the school where it is ours and there is a network. */
    end: () =>
      lock(cookieLock, 'exclusive', async () => {
        if (cookie.owner() !== vault.id) return
        cookie.set(null)
        await api.signOut()
      }),
  }
}
