import type { SessionReply } from 'shared/wire/session'
import type { ApiResult } from '../sync/ports'
import type { Device } from './device'
import type { Keyring, Vault } from './keyring'
import { openAccount, type OpenAccount } from './open-account'
import { openSession, type Credentials } from './own-session'
import type { SignInFailure } from './sign-in-failure'

export type SignedIn =
  | { ok: true; account: OpenAccount }
  | { ok: false; why: SignInFailure; retryAfter?: number }

/** How long (ms) the school is asked before the device opens what it has: enough for a slow network. */
const patience = 5000

interface Unlocked {
  vault: Vault
  master: CryptoKey
}

/**
 * Opens a person's journal on this device. With a network the school decides; without, the password does, which alone
 * unwraps the key of what lies here. `current` is the journal that is open in this page: its own person may sign in
 * again with a password that was changed elsewhere, and keep what is here.
 */
export async function signIn(
  device: Device,
  credentials: Credentials,
  remember: boolean,
  current: OpenAccount | null = null,
): Promise<SignedIn> {
  if (!globalThis.crypto?.subtle) return { ok: false, why: 'no-crypto' }
  try {
    const keyring = await device.keyring()
    return await openWith(device, keyring, credentials, remember, current)
  } catch {
    // Nothing but the device's own storage throws on this way.
    return { ok: false, why: 'storage' }
  }
}

async function openWith(
  device: Device,
  keyring: Keyring,
  credentials: Credentials,
  remember: boolean,
  current: OpenAccount | null,
): Promise<SignedIn> {
  const vaults = await keyring.find(credentials.login)
  const found = await unlockFirst(keyring, vaults, credentials.password)
  // A new vault is only kept once the school has said yes: until then it is nobody's.
  const made = found ? null : await keyring.create(credentials.login, credentials.password)
  const mine = found ?? made
  if (!mine) return { ok: false, why: 'storage' }
  const reply = await openSession(device, credentials, mine.vault, found ? patience : undefined)
  const refused = refusalOf(reply, found !== null, vaults.length > 0)
  if (refused) {
    if (made) await keyring.drop(made.vault)
    return refused
  }
  const session = reply.ok ? reply.body : null
  const contact = reply.ok ? reply.meta.contact : null
  const opened = await takeOver(keyring, current, session, credentials)
  if (opened && made) await keyring.drop(made.vault)
  await current?.close()
  const target = opened ?? mine
  const open = (unlocked: Unlocked) => {
    // The cookie belongs to the vault that is opened, whichever it was asked for.
    if (session) device.cookie.set(unlocked.vault.id)
    return openAccount({ device, keyring, ...unlocked, session, contact, credentials })
  }
  let [kept, account] = [target, await open(target)]
  if (account === 'other') {
    kept = await keyring.create(credentials.login, credentials.password)
    account = await open(kept)
  }
  if (typeof account === 'string') return { ok: false, why: 'never-worked-here-offline' }
  if (remember) await keyring.remember(kept.vault, kept.master)
  void globalThis.navigator?.storage?.persist?.().catch(() => false)
  return { ok: true, account }
}

async function unlockFirst(
  keyring: Keyring,
  vaults: readonly Vault[],
  password: string,
): Promise<Unlocked | null> {
  for (const vault of vaults) {
    const master = await keyring.unlock(vault, password)
    if (master) return { vault, master }
  }
  return null
}

/** Null: go on, with a session or with what the device has. */
function refusalOf(
  reply: ApiResult<SessionReply>,
  isUnlocked: boolean,
  isKnown: boolean,
): (SignedIn & { ok: false }) | null {
  if (reply.ok) return null
  if (reply.failure === 'signed-out') return { ok: false, why: 'wrong-login' }
  if (reply.code === 'too-many-tries') {
    return { ok: false, why: 'too-many-tries', ...(reply.retryAfter ? { retryAfter: reply.retryAfter } : {}) }
  }
  if (isUnlocked) return null
  if (reply.failure !== 'offline') return { ok: false, why: 'server' }
  return { ok: false, why: isKnown ? 'wrong-login' : 'never-worked-here-offline' }
}

/** The vault that is open in this page, rewrapped by the password that was changed elsewhere. */
async function takeOver(
  keyring: Keyring,
  current: OpenAccount | null,
  session: SessionReply | null,
  { login, password }: Credentials,
): Promise<Unlocked | null> {
  const former = current?.credentials()
  if (!current || !former || !session || current.journal.me.person !== session.person) return null
  if (former.password === password || former.login !== login) return null
  if (!(await keyring.prepare(current.vault, former.password, password))) return null
  await keyring.settle(current.vault, 'new')
  const master = await keyring.unlock(current.vault, password)
  return master && { vault: current.vault, master }
}

/** Opens the journal of whoever asked to be remembered on this device; null where nobody did. */
export async function resume(device: Device): Promise<OpenAccount | null> {
  try {
    const keyring = await device.keyring()
    const kept = await keyring.remembered()
    const account =
      kept && (await openAccount({ device, keyring, ...kept, session: null, credentials: null }))
    return typeof account === 'string' ? null : account
  } catch {
    return null
  }
}
