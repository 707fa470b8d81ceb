import { Dexie, type DexieOptions, type Table } from 'dexie'
import { fromBase64, randomBytes, toBase64 } from './base64'
import { keyringName } from './keyring-name'
import { masterKeyOf, unwrapSecret, wrapSecret, type WrappedSecret } from './vault-key'

/** One person's place on this device: opaque, without a name. */
export interface Vault {
  id: string
  /** A slow salted hash of the login. */
  login: string
  /** Names this device in the person's entries. */
  device: string
  secret: WrappedSecret
  /** The secret wrapped by a password that is being set: the server may know it already. */
  next?: WrappedSecret
  created: number
  /** A journal has been kept here: if it is gone, the browser has dropped it. */
  filled?: boolean
}

/** The keys of all people on this device, each wrapped by its own password. Several vaults of one login are possible. */
export interface Keyring {
  /** The vaults of a login, the newest first. */
  find(login: string): Promise<Vault[]>
  /** Other vaults of the same login: under a former password, or of a former year. */
  former(vault: Vault): Promise<Vault[]>
  create(login: string, password: string): Promise<{ vault: Vault; master: CryptoKey }>
  /** Null: the password is another. */
  unlock(vault: Vault, password: string): Promise<CryptoKey | null>
  /**
   * Wraps the secret by a second password, so that either opens the vault until `settle` says which one stays: a device
   * that stops while the server changes the password loses nothing. False where the old one is another.
   */
  prepare(vault: Vault, old: string, password: string): Promise<boolean>
  settle(vault: Vault, stays: 'old' | 'new'): Promise<void>
  /** Keeps the journal open on this device until sign-out: for one's own phone. */
  remember(vault: Vault, master: CryptoKey): Promise<void>
  remembered(): Promise<{ vault: Vault; master: CryptoKey } | null>
  forget(): Promise<void>
  fill(vault: Vault): Promise<void>
  /** How many vaults there are: whether anybody works on this device. */
  count(): Promise<number>
  /** Drops a vault whose entries have been taken over. */
  drop(vault: Vault): Promise<void>
  close(): void
}

interface Remembered {
  id: 'remembered'
  vault: string
  master: CryptoKey
}

const loginRounds = 100_000

export interface KeyringOptions {
  dexie?: DexieOptions
  now?: () => number
  /** PBKDF2 rounds; less than the default only in tests. */
  rounds?: number
}

export async function openKeyring({
  dexie = {},
  now = Date.now,
  rounds,
}: KeyringOptions = {}): Promise<Keyring> {
  const db = new Dexie(keyringName, { ...dexie, chromeTransactionDurability: 'strict' })
  db.version(1).stores({ vaults: 'id, login', kept: 'id' })
  const vaults: Table<Vault, string> = db.table('vaults')
  const kept: Table<Remembered | { id: 'salt'; salt: string }, string> = db.table('kept')
  await db.open()

  async function saltOfDevice(): Promise<string> {
    return db.transaction('rw', kept, async () => {
      const found = await kept.get('salt')
      if (found?.id === 'salt') return found.salt
      const salt = toBase64(randomBytes(16))
      await kept.put({ id: 'salt', salt })
      return salt
    })
  }

  // A login may be somebody's name: who finds the device must not read from it who works there.
  async function hashLogin(login: string): Promise<string> {
    const text = new TextEncoder().encode(login.trim().toLowerCase().normalize('NFKC'))
    const salt = fromBase64(await saltOfDevice())
    const material = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits'])
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds ?? loginRounds }
    return toBase64(new Uint8Array(await crypto.subtle.deriveBits(how, material, 256)))
  }

  async function secretOf(id: string, password: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const vault = await vaults.get(id)
    if (!vault) return null
    const secret = await unwrapSecret(vault.secret, password)
    return secret ?? (vault.next ? unwrapSecret(vault.next, password) : null)
  }

  return {
    async find(login) {
      const found = await vaults
        .where('login')
        .equals(await hashLogin(login))
        .toArray()
      return found.sort((a, b) => b.created - a.created)
    },
    async former({ id, login }) {
      const all = await vaults.where('login').equals(login).toArray()
      return all.filter((other) => other.id !== id)
    },
    async create(login, password) {
      const secret = randomBytes(32)
      const vault: Vault = {
        id: `v${toBase64(randomBytes(12)).replaceAll(/[-_]/g, 'x').toLowerCase()}`,
        login: await hashLogin(login),
        device: `d${toBase64(randomBytes(12)).replaceAll(/[-_]/g, 'x')}`,
        secret: await wrapSecret(secret, password, rounds),
        created: now(),
      }
      await vaults.put(vault)
      return { vault, master: await masterKeyOf(secret) }
    },
    async unlock({ id }, password) {
      const secret = await secretOf(id, password)
      return secret && masterKeyOf(secret)
    },
    async prepare({ id }, old, password) {
      const secret = await secretOf(id, old)
      if (!secret) return false
      await vaults.update(id, { next: await wrapSecret(secret, password, rounds) })
      secret.fill(0)
      return true
    },
    async settle({ id }, stays) {
      const vault = await vaults.get(id)
      if (!vault?.next) return
      const { next, ...rest } = vault
      await vaults.put(stays === 'new' ? { ...rest, secret: next } : rest)
    },
    async remember(vault, master) {
      await kept.put({ id: 'remembered', vault: vault.id, master })
    },
    async remembered() {
      const found = await kept.get('remembered')
      const vault = found?.id === 'remembered' ? await vaults.get(found.vault) : undefined
      return found?.id === 'remembered' && vault ? { vault, master: found.master } : null
    },
    async forget() {
      await kept.delete('remembered')
    },
    async fill({ id }) {
      await vaults.update(id, { filled: true })
    },
    count: () => vaults.count(),
    drop: ({ id }) => vaults.delete(id),
    close: () => db.close(),
  }
}
