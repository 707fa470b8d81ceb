import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeAccounts } from '../../../sync-server/src/accounts/accounts'
import type { AccountsDocument } from '../../../sync-server/src/accounts/documents'
import { makeHasher } from '../../../sync-server/src/accounts/password-hash'
import { openJournal } from '../../../sync-server/src/journal/open-journal'
import { realSchedule } from '../../../sync-server/src/journal/schedule'
import { makeSigner } from '../../../sync-server/src/journal/signer'
import { keyFromFile } from '../../../sync-server/src/start/signing-key'
import { makeEmbeddedStores } from '../../../sync-server/src/store/embedded'
import { sealAll } from './busy-entries'
import { busyTeacher, busyYear, lateInMay } from './busy-school'

const db = 'journal-bench-2026'
const now = () => Date.parse(lateInMay)

/** A data folder with the busy teacher's school and sign-in in it, as a server finds it at its start. */
export async function busyFolder(log: (line: string) => void): Promise<string> {
  const began = performance.now()
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-bench-'))
  const entries = sealAll(db, busyYear(now()))
  const signer = makeSigner(await keyFromFile(dataDir, false))
  const stores = await makeEmbeddedStores(dataDir)
  try {
    const accounts = await stores.open<AccountsDocument>('accounts')
    await accounts.ensure()
    const quiet = { info() {}, warn() {}, error() {} }
    const journal = await openJournal({
      stores,
      db,
      signer,
      now,
      random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
      schedule: realSchedule,
      log: quiet,
    })
    await journal.found(entries)
    await journal.close()
    const login = { login: busyTeacher, password: `${busyTeacher}-2026` }
    await makeAccounts(accounts, makeHasher(), now).create({
      ...login,
      person: busyTeacher,
      db,
      issued: false,
    })
    // The server goes on with it as with a demo that is ready: only a demo's clock can be set.
    const demo: AccountsDocument = {
      _id: 'demo',
      type: 'demo',
      db,
      kind: 'small',
      seed: 'bench',
      made: now(),
      ready: true,
      signIns: [{ ...login, name: 'busy', roles: ['teacher'], note: 'bench' }],
    }
    await accounts.write([{ doc: demo, rev: null }])
  } finally {
    await stores.close()
  }
  log(`  ${entries.length} entries founded in ${Math.round((performance.now() - began) / 1000)} s`)
  return dataDir
}
