import { version } from '../../package.json'
import type { AccountActions, StorageState } from '../features/account/account-actions'
import type { Device } from '../store/device'
import type { OpenAccount } from '../store/open-account'
import type { ApiResult } from '../sync/ports'
import type { PasswordFailure } from '../text/account'

/** What the account screen may do, over the only road to the server. */
export function accountActions(
  device: Device,
  account: OpenAccount,
  signOut: () => Promise<void>,
): AccountActions {
  return {
    async sessions() {
      const reply = await device.api.sessions()
      return reply.ok ? reply.body.sessions : null
    },
    revoke: async (session) => (await device.api.endSession(session)).ok,
    async changePassword(old, next) {
      if (old === next) return { ok: false, why: 'same' }
      const reply = await account.changePassword(old, next)
      return reply.ok ? { ok: true } : { ok: false, why: passwordFailure(reply) }
    },
    signOut,
    storage: storageState,
    async askStorage() {
      await navigator.storage?.persist?.()
      return storageState()
    },
    version,
  }
}

function passwordFailure({ failure, code }: ApiResult<null> & { ok: false }): PasswordFailure {
  if (code === 'wrong-login') return 'wrong-old'
  if (code === 'weak-password') return 'weak'
  if (code === 'too-many-tries') return 'too-many-tries'
  return failure === 'offline' || failure === 'signed-out' ? 'offline' : 'server'
}

async function storageState(): Promise<StorageState> {
  const persisted = await navigator.storage?.persisted?.()
  if (persisted === undefined) return 'unknown'
  return persisted ? 'persisted' : 'best-effort'
}
