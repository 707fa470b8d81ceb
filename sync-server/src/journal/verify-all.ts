import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SheetDocument } from 'shared/journal/document'
import type { AccountsDocument } from '../accounts/documents'
import type { Config } from '../config'
import { keptKeyOfAccounts, keptKeyOfFile } from '../start/signing-key'
import { makeCouchStores } from '../store/couch'
import { makeEmbeddedStores } from '../store/embedded'
import type { StoreFactory } from '../store/store'
import { makeAnchorFile } from './anchor-file'
import { makeSigner } from './signer'
import { verifyJournal } from './verify'

type Place = Pick<Config, 'couchdb' | 'dataDir'>

/** There is nothing to verify, which is no word that all is sound: somebody looks in the wrong place. */
export class NothingToVerify extends Error {
  override name = 'NothingToVerify'
}

/**
 * Checks every chain, signature, fold and anchor of the journals that are asked for, or of all: whether all are sound.
 * Where there are none, or no key of theirs, it throws and has made nothing.
 */
export async function verifyAll(
  place: Place,
  wanted: readonly string[],
  print: (line: string) => void,
): Promise<boolean> {
  let sound = true
  const stores = await openStores(place, (db, says) => {
    print(`${db}: THE STORE HAS LOST SOMETHING: ${says}`)
    sound = false
  })
  try {
    const known = await stores.list('journal-')
    if (known.length === 0)
      throw new NothingToVerify('The CouchDB of COUCHDB_URL holds no journal: there is nothing to verify.')
    const missing = wanted.filter((db) => !known.includes(db))
    for (const db of missing) print(`There is no journal ${db}.`)
    const signer = makeSigner(await keptKey(stores, place))
    const allSound = await verifyEach(
      wanted.length > 0 ? wanted.filter((name) => known.includes(name)) : known,
      async (db) => {
        const store = await stores.open<SheetDocument>(db)
        const anchors = makeAnchorFile(join(place.dataDir, 'anchors', `${db}.jsonl`))
        return verifyJournal(store, anchors, signer, db)
      },
      print,
    )
    return sound && allSound && missing.length === 0
  } finally {
    await stores.close()
  }
}

async function openStores(
  { couchdb, dataDir }: Place,
  onLoss: (db: string, says: string) => void,
): Promise<StoreFactory> {
  if (couchdb) return makeCouchStores(couchdb)
  // Looked at before it is opened, which would make it.
  const names = await readdir(join(dataDir, 'store')).catch(() => null)
  if (!names)
    throw new NothingToVerify(
      `No store can be read in ${dataDir}, so nothing was verified: is DATA_DIR right?`,
    )
  if (!names.some((name) => name.startsWith('journal-')))
    throw new NothingToVerify(
      `There is no journal in the store of ${dataDir}, so nothing was verified: is DATA_DIR right?`,
    )
  return makeEmbeddedStores(dataDir, { onLoss })
}

async function keptKey(stores: StoreFactory, { couchdb, dataDir }: Place): Promise<string> {
  if (!couchdb) return keptKeyOfFile(dataDir)
  return keptKeyOfAccounts(await stores.open<AccountsDocument>('accounts'))
}

async function verifyEach(
  databases: readonly string[],
  verify: (db: string) => ReturnType<typeof verifyJournal>,
  print: (line: string) => void,
): Promise<boolean> {
  let sound = true
  for (const db of databases) {
    const { sheets, entries, anchors, setBack, faults } = await verify(db)
    print(`${db}: ${sheets} sheets, ${entries} entries, ${anchors} anchors, ${faults.length} faults`)
    for (const { at, to } of setBack)
      print(
        `  ${instant(at)}: set back to ${to === null ? 'an earlier state, as devices proved' : `the backup of ${instant(to)}`}`,
      )
    for (const fault of faults) print(`  ${JSON.stringify(fault)}`)
    sound &&= faults.length === 0
  }
  return sound
}

function instant(time: number): string {
  return new Date(time).toISOString()
}
