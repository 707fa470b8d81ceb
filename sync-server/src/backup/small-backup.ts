import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SheetDocument } from 'shared/journal/document'
import { db } from 'shared/testing/small-school'
import type { AccountsDocument } from '../accounts/documents'
import { makeAnchorFile } from '../journal/anchor-file'
import { openJournal, type OpenJournal } from '../journal/open-journal'
import { foundingEntries, lessonTime } from '../journal/small-journal'
import { realSchedule } from '../journal/schedule'
import { makeSigner } from '../journal/signer'
import { keyFromFile } from '../start/signing-key'
import { makeEmbeddedStores } from '../store/embedded'
import type { StoreFactory } from '../store/store'
import { syncedLevel } from '../store/synced-level'
import { embeddedSnapshot } from './embedded-snapshot'
import { newKeyPair, type KeyPair } from './keys'
import { restore } from './restore'
import { serveBackups } from './socket'
import { takeBackup } from './take-backup'
import { watchLevels } from './watched-levels'

/** The small school in a data folder, served as a server does it, for tests of backups. */
export interface BackedUpSchool {
  /** A folder for the test's files; the school's is in it. */
  folder: string
  dataDir: string
  keys: KeyPair
  stores: StoreFactory
  journal: OpenJournal
  /** What went wrong while a backup was given. */
  faults: unknown[]
  backUp(name?: string): Promise<string>
  /** Restores into a folder of this name. */
  restoreTo(name: string, from: string, secret?: string): Promise<string>
  /** What lies in the test's folder. */
  files(): Promise<string[]>
  stopServing(): Promise<void>
  close(): Promise<void>
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

export async function openSchool(dataDir: string, stores: StoreFactory): Promise<OpenJournal> {
  const signer = makeSigner(await keyFromFile(dataDir, false))
  const anchors = makeAnchorFile(join(dataDir, 'anchors', `${db}.jsonl`))
  const world = { now: () => lessonTime, random: Math.random, schedule: realSchedule, log: quiet }
  return openJournal({ stores, db, signer, anchors, ...world })
}

export async function backedUpSchool(): Promise<BackedUpSchool> {
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-backup-'))
  const dataDir = join(folder, 'data')
  const keys = await newKeyPair()
  const levels = watchLevels(syncedLevel)
  const stores = await makeEmbeddedStores(dataDir, levels)
  const journal = await openSchool(dataDir, stores)
  await journal.found(foundingEntries())
  await journal.anchor()
  const accounts = await stores.open<AccountsDocument>('accounts')
  await accounts.ensure()
  await accounts.write([{ doc: { _id: 'ended:1', type: 'ended' }, rev: null }])
  await writeFile(join(dataDir, 'keys', 'backup.pub'), `${keys.recipient}\n`)
  const faults: unknown[] = []
  const now = () => new Date().toISOString()
  const service = await serveBackups(
    dataDir,
    () => embeddedSnapshot({ dataDir, stores, levels, now }),
    (error) => faults.push(error),
  )
  const stopServing = async () => service?.stop()
  return {
    folder,
    dataDir,
    keys,
    stores,
    journal,
    faults,
    async backUp(name = 'backup.age') {
      const to = join(folder, name)
      const parts = { dataDir, couchdb: null, to, recipients: [keys.recipient], now: Date.now }
      return (await takeBackup(parts)).file
    },
    async restoreTo(name, from, secret = keys.secret) {
      const to = join(folder, name)
      const parts = { from, to, identities: [secret], couchdb: null, anchors: null }
      await restore({ ...parts, random: Math.random, log: quiet })
      return to
    },
    files: async () => (await readdir(folder)).sort(),
    stopServing,
    async close() {
      await stopServing()
      await journal.close()
      await stores.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Every sheet of a journal, by id. */
export async function sheetsOf(stores: StoreFactory): Promise<Map<string, SheetDocument>> {
  const store = await stores.open<SheetDocument>(db)
  return new Map((await store.range('a', 'z~', 1000)).map((doc) => [doc._id, doc]))
}
