import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino, destination, type Logger } from 'pino'
import { makeAccounts } from '../accounts/accounts'
import type { AccountsDocument } from '../accounts/documents'
import { makeHasher } from '../accounts/password-hash'
import { makeSetUp } from '../accounts/set-up'
import { makeApp } from '../app'
import { reasonOf } from '../backup/backup-fault'
import { embeddedSnapshot } from '../backup/embedded-snapshot'
import { serveBackups, type BackupService } from '../backup/socket'
import { watchLevels } from '../backup/watched-levels'
import type { Config } from '../config'
import { schoolsIn } from '../http/journals'
import { makeRightOfWay } from '../http/right-of-way'
import { makeAnchorFile } from '../journal/anchor-file'
import { openJournal } from '../journal/open-journal'
import type { Founded } from '../journal/port'
import { realSchedule } from '../journal/schedule'
import { makeSigner } from '../journal/signer'
import { makeCouchStores } from '../store/couch'
import { makeEmbeddedStores } from '../store/embedded'
import type { StoreFactory } from '../store/store'
import { syncedLevel } from '../store/synced-level'
import { announce } from './announce'
import { demoClock } from './clock'
import { demoAlone, foundDemo } from './found-demo'
import { isSchoolIn } from './is-school'
import { makeJournals } from './journals'
import { listen } from './listen'
import { keyFromAccounts, keyFromFile } from './signing-key'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface RunningServer {
  url: string
  /** Safe twice. */
  stop: () => Promise<void>
}

/** Opens the store, the key and the journals, founds the demo where it is asked for, and listens. */
export async function startServer(config: Config, print: (line: string) => void): Promise<RunningServer> {
  const log = pino({ level: config.logLevel, base: null }, destination(2))
  await mkdir(config.dataDir, { recursive: true })
  const { stores, backups } = await openStores(config, log)
  try {
    const server = await startOver(stores, config, { log, print })
    return { ...server, stop: () => backups.stop().then(server.stop) }
  } catch (error) {
    await backups.stop()
    await stores.close()
    throw error
  }
}

interface Opened {
  stores: StoreFactory
  backups: BackupService
}

async function openStores({ couchdb, dataDir }: Config, log: Logger): Promise<Opened> {
  // CouchDB is backed up over its own interface.
  if (couchdb) return { stores: makeCouchStores(couchdb), backups: { stop: async () => {} } }
  const levels = watchLevels(syncedLevel)
  const stores = await makeEmbeddedStores(dataDir, {
    ...levels,
    onLoss: (db, says) =>
      log.error(
        { db, says },
        'THE STORE HAS LOST SOMETHING: a file of it is damaged. Devices offer again what they hold; run verify, and look at the disk.',
      ),
  })
  const now = () => new Date().toISOString()
  const backups = await serveBackups(
    dataDir,
    () => embeddedSnapshot({ dataDir, stores, levels, now }),
    (error) => log.error({ reason: reasonOf(error) }, 'a backup was not finished'),
  )
  if (backups) return { stores, backups }
  log.warn(`The path of ${dataDir} is too long for a socket: backups need the server stopped.`)
  return { stores, backups: { stop: async () => {} } }
}

interface Voice {
  log: Logger
  print: (line: string) => void
}

async function startOver(
  stores: StoreFactory,
  config: Config,
  { log, print }: Voice,
): Promise<RunningServer> {
  const { dataDir, demo: kind } = config
  const accounts = await stores.open<AccountsDocument>('accounts')
  await accounts.ensure()
  const hasJournals = (await stores.list('journal-')).length > 0
  if (kind)
    await demoAlone(accounts, {
      list: () => stores.list('journal-'),
      isSchool: (db) => isSchoolIn(stores, db),
    })
  const now = config.clock ? await demoClock(accounts, config.clock) : Date.now
  const key = config.couchdb ? await keyFromAccounts(accounts) : await keyFromFile(dataDir, hasJournals)
  const signer = makeSigner(key)
  const anchorsOf = (db: string) => makeAnchorFile(join(dataDir, 'anchors', `${db}.jsonl`))
  const way = makeRightOfWay()
  const journals = makeJournals(stores, (db) =>
    openJournal({
      stores,
      db,
      signer,
      now,
      random: chance,
      schedule: realSchedule,
      log,
      anchors: anchorsOf(db),
      way,
    }),
  )
  const hasher = makeHasher()
  const demo = kind
    ? await foundDemo(
        { kind, seed: config.seed, schools: config.schools },
        { store: accounts, journals, hasher, now, print },
      )
    : null
  const [school, another] = await schoolsIn(journals, 2)
  // With one school the epoch is told to everybody, so its journal is opened before anybody asks.
  if (school !== undefined && another === undefined) await journals.get(school)
  const foundJournal = (db: string, entries: Iterable<Founded>) => journals.found(db, entries)
  const setUp =
    school === undefined
      ? makeSetUp({
          accounts: makeAccounts(accounts, hasher, now),
          hasSchool: async () => (await schoolsIn(journals, 1)).length > 0,
          ensure: async (db) => (await stores.open(db)).ensure(),
          foundJournal,
          now,
          random: randomBytes,
        })
      : null
  const client = config.clientDir ?? join(root, 'client/dist')
  const hasClient = existsSync(join(client, 'index.html'))
  const { app, endStreams } = makeApp({
    accounts,
    journals,
    signer,
    hasher,
    now,
    random: randomBytes,
    log,
    version: versionOf(),
    epoch: () => journals.epoch(),
    setUp,
    trustProxy: config.trustProxy,
    way,
    client: hasClient ? client : null,
  })
  const listening = await listen(app, config, {
    badCertificate: (error) =>
      log.error({ reason: reasonOf(error) }, 'the renewed certificate cannot be used: the former one stays'),
    noCertificate: () => log.warn('SIGHUP: there is no certificate to read again'),
  })
  for (const line of announce({ url: listening.url, config, demo, setUp, hasClient })) print(line)
  const stop = async () => {
    endStreams()
    await listening.stop()
    await journals.close()
    await stores.close()
  }
  let stopped: Promise<void> | null = null
  return { url: listening.url, stop: () => (stopped ??= stop()) }
}

function chance(): number {
  return randomBytes(4).readUInt32LE() / 2 ** 32
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}
