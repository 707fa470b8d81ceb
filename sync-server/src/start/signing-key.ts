import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ofType, read, update, type AccountsStore } from '../accounts/update'
import { newPrivateKey } from '../journal/signer'

/**
 * The key that receipts are signed with, from a file only the server's account can read; made at the first start. A
 * journal whose key is gone is not started: devices would take no receipt of a new one.
 */
export async function keyFromFile(dataDir: string, hasJournals: boolean): Promise<string> {
  const file = keyFileIn(dataDir)
  const known = await readKeyFile(file)
  if (known !== null) {
    await chmod(file, 0o600)
    return known
  }
  if (hasJournals) throw new MissingKey(file)
  const key = newPrivateKey()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeDurably(file, `${key}\n`)
  return key
}

/** The key that signed the journals of a data folder, which must be there: nothing is made. */
export async function keptKeyOfFile(dataDir: string): Promise<string> {
  const file = keyFileIn(dataDir)
  const known = await readKeyFile(file)
  if (known === null) throw new MissingKey(file)
  return known
}

function keyFileIn(dataDir: string): string {
  return join(dataDir, 'keys', 'signing.key')
}

async function readKeyFile(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Several servers over one CouchDB sign with one key, kept in `accounts`. */
export function keyFromAccounts(store: AccountsStore): Promise<string> {
  const fresh = newPrivateKey()
  return update(store, ['key:signing'], (found) => {
    const known = ofType(found.get('key:signing'), 'key')
    if (known) return { write: [], result: known.key }
    return { write: [{ _id: 'key:signing', type: 'key' as const, key: fresh }], result: fresh }
  })
}

/** The same for a CouchDB. */
export async function keptKeyOfAccounts(store: AccountsStore): Promise<string> {
  const known = await read(store, 'key:signing', 'key')
  if (!known) throw new MissingKey('accounts')
  return known.key
}

export class MissingKey extends Error {
  override name = 'MissingKey'
  constructor(from: string) {
    super(`There are journals, but the key that signed them is missing: restore ${from} from the backup.`)
  }
}

/** Written beside, synced, then put in place: never half a file. */
export async function writeDurably(file: string, text: string, mode = 0o600): Promise<void> {
  const beside = `${file}.new`
  const handle = await open(beside, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
}
