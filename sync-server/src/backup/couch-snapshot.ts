import { linesOf, localsOf } from 'couchdb/backup.mjs'
import { makeCouchStores } from '../store/couch'
import { anchorMembers, memberName } from './embedded-snapshot'
import { jsonMember, type Manifest, type Member } from './members'

/**
 * The members of a backup of a school in CouchDB: documents with all their leaves, and what servers noted of each
 * database (`_local`). Sheets are read one after another while others are written: each is whole, as it stood when its
 * turn came. The signing key is in `accounts`. Anchors are this server's; others beside it keep chains of their own.
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
  yield* anchorMembers(dataDir)
  for (const database of databases) {
    yield jsonMember(`couchdb/${database}/locals.json`, await localsOf(couchdb, database))
    let part = 0
    for await (const lines of linesOf(couchdb, database))
      yield { name: memberName('couchdb', database, ++part), content: lines }
  }
}
