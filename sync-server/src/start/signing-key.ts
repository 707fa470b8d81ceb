import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ofType, update, type AccountsStore } from '../accounts/update'
import { newPrivateKey } from '../journal/signer'

/**
 * The key that receipts are signed with, from a file only the server's account can read; made at the first start. A
 * journal whose key is gone is not started: devices would take no receipt of a new one.
 */
export async function keyFromFile(dataDir: string, hasJournals: boolean): Promise<string> {
  const folder = join(dataDir, 'keys')
  const file = join(folder, 'signing.key')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const text = await readFile(file, 'utf8')
    await chmod(file, 0o600)
    return text.trim()
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  if (hasJournals) throw new MissingKey(file)
  const key = newPrivateKey()
  await writeDurably(file, `${key}\n`)
  return key
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

export class MissingKey extends Error {
  override name = 'MissingKey'
  constructor(file: string) {
    super(`There are journals, but the key that signed them is missing: restore ${file} from the backup.`)
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
