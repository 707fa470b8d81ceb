import { linesOf, localsOf } from 'couchdb/backup.mjs'
import { readFile } from 'node:fs/promises'
import { makeCouchStores } from '../store/couch'
import { anchorMembers, memberName } from './embedded-snapshot'
import { publicKeyFile } from './make-keys'
import { jsonMember, publicKeyName, type Manifest, type Member } from './members'

/**
 * The members of a backup of a school in CouchDB: documents with all their leaves, and what servers noted of each
 * database (`_local`). Sheets are read one after another while others are written: each is whole, as it stood when its
 * turn came. The signing key is in `accounts`; the public key for backups is in the data folder, and comes along, so that
 * who restores the school goes on backing it up. Anchors are this server's; others beside it keep chains of their own.
 */
export async function* couchSnapshot({
  couchdb,
  dataDir,
  now,
}: {
  couchdb: string
  dataDir: string
  now: () => string
}): AsyncGenerator<Member> {
  const stores = makeCouchStores(couchdb)
  const databases = [...(await stores.list('accounts')), ...(await stores.list('journal-'))]
  await stores.close()
  const manifest: Manifest = {
    format: 'zvonok-backup',
    version: 1,
    store: 'couchdb',
    made: now(),
    databases,
  }
  yield jsonMember('manifest.json', manifest)
  yield* publicKeyMembers(dataDir)
  yield* anchorMembers(dataDir)
  for (const database of databases) {
    yield jsonMember(`couchdb/${database}/locals.json`, await localsOf(couchdb, database))
    let part = 0
    for await (const lines of linesOf(couchdb, database))
      yield { name: memberName('couchdb', database, ++part), content: lines }
  }
}

async function* publicKeyMembers(dataDir: string): AsyncGenerator<Member> {
  // Whoever seals with --for has none.
  const content = await readFile(publicKeyFile(dataDir)).catch(() => null)
  if (content) yield { name: publicKeyName, content }
}
