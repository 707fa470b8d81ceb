import { join } from 'node:path'
import type { SheetDocument } from 'shared/journal/document'
import type { AccountsDocument } from '../accounts/documents'
import { ConfigFault, readConfig } from '../config'
import { standWhereAsked } from '../start/stand-where-asked'
import { startFault } from '../start/start-fault'
import { keyFromAccounts, keyFromFile } from '../start/signing-key'
import { makeCouchStores } from '../store/couch'
import { makeEmbeddedStores } from '../store/embedded'
import { makeAnchorFile } from './anchor-file'
import { makeSigner } from './signer'
import { verifyJournal } from './verify'

// npm run verify -w sync-server [-- <journal> …]: checks every chain, signature, fold and anchor. Exit 1: a fault.
async function verifyAll(wanted: readonly string[]): Promise<boolean> {
  const { couchdb, dataDir } = readConfig(process.env)
  let sound = true
  const onLoss = (db: string, says: string) => {
    console.log(`${db}: THE STORE HAS LOST SOMETHING: ${says}`)
    sound = false
  }
  const stores = couchdb ? makeCouchStores(couchdb) : await makeEmbeddedStores(dataDir, { onLoss })
  try {
    const known = await stores.list('journal-')
    const missing = wanted.filter((db) => !known.includes(db))
    for (const db of missing) console.error(`There is no journal ${db}.`)
    if (known.length === 0) console.log('There is no journal yet.')
    const accounts = await stores.open<AccountsDocument>('accounts')
    const key = couchdb ? await keyFromAccounts(accounts) : await keyFromFile(dataDir, known.length > 0)
    sound &&= missing.length === 0
    for (const db of wanted.length > 0 ? wanted.filter((name) => known.includes(name)) : known) {
      const store = await stores.open<SheetDocument>(db)
      const anchors = makeAnchorFile(join(dataDir, 'anchors', `${db}.jsonl`))
      const verified = await verifyJournal(store, anchors, makeSigner(key), db)
      const { sheets, entries, faults } = verified
      console.log(
        `${db}: ${sheets} sheets, ${entries} entries, ${verified.anchors} anchors, ${faults.length} faults`,
      )
      for (const { at, to } of verified.setBack)
        console.log(
          `  ${instant(at)}: set back to ${to === null ? 'an earlier state, as devices proved' : `the backup of ${instant(to)}`}`,
        )
      for (const fault of faults) console.log(`  ${JSON.stringify(fault)}`)
      sound &&= faults.length === 0
    }
    return sound
  } finally {
    await stores.close()
  }
}

function instant(time: number): string {
  return new Date(time).toISOString()
}

try {
  standWhereAsked(process.env)
  process.exitCode = (await verifyAll(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  console.error(error instanceof ConfigFault ? error.message : startFault(error, process.env))
  process.exitCode = 2
}
