import { cp, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import leveldown, { type Level } from 'leveldown'
import type { JournalLog } from '../journal/journal-log'
import { makeAnchorFile } from '../journal/anchor-file'
import { openJournal } from '../journal/open-journal'
import { realSchedule } from '../journal/schedule'
import { makeSigner } from '../journal/signer'
import { writeDurably } from '../start/signing-key'
import { makeEmbeddedStores } from '../store/embedded'
import { BackupFault } from './backup-fault'
import { isOwnName, manifestOf, type Manifest, type Member } from './members'
import { pairsOf } from './pair-lines'
import { markRestored } from './restored'

export interface RestoreSettings {
  /** Made by the restore, or empty. */
  dataDir: string
  /** A folder of anchors newer than the backup's own, or null. */
  anchors: string | null
  random: () => number
  log: JournalLog
}

/**
 * Puts a backup of the embedded store into a data folder that is not there yet, or empty. Everything is made beside it
 * and moved into place at the end: broken off, there is nothing under its name.
 */
export async function restoreEmbedded(
  members: AsyncGenerator<Member>,
  settings: RestoreSettings,
): Promise<Manifest> {
  const { dataDir } = settings
  if ((await readdir(dataDir).catch(() => [])).length > 0)
    throw new BackupFault(`${dataDir} is not empty: a restore goes into a new folder, and replaces nothing.`)
  const beside = besideOf(dataDir)
  await rm(beside, { recursive: true, force: true })
  await mkdir(beside, { recursive: true, mode: 0o700 })
  try {
    const manifest = await unpack(members, beside)
    if (settings.anchors) await cp(settings.anchors, join(beside, 'anchors'), { recursive: true })
    await beginAgain(beside, manifest, settings)
    await moveInto(beside, dataDir)
    await syncFolder(dirname(dataDir))
    return manifest
  } catch (error) {
    await rm(beside, { recursive: true, force: true })
    throw error
  }
}

/** Where a data folder is restored before it is whole; what a killed restore left there goes at the next. */
export function besideOf(dataDir: string): string {
  return `${dataDir}.restoring`
}

async function moveInto(beside: string, dataDir: string): Promise<void> {
  await rename(beside, dataDir).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EBUSY' && cause.code !== 'EXDEV') throw cause
    throw new BackupFault(
      `${dataDir} is a mount point: restore into a new folder in it, and set DATA_DIR to that.`,
      {
        cause,
      },
    )
  })
}

async function unpack(members: AsyncGenerator<Member>, folder: string): Promise<Manifest> {
  const manifest = await manifestOf(members)
  if (manifest.store !== 'embedded')
    throw new BackupFault('This is a backup of a CouchDB: set COUCHDB_ADMIN_URL to the one to restore it to.')
  const levels = new Map<string, Level>()
  try {
    for await (const { name, content } of members) {
      const [kind, place = '', part] = name.split('/')
      if (kind === 'store' && part && manifest.databases.includes(place)) {
        const level = levels.get(place) ?? (await newLevel(join(folder, 'store', place)))
        levels.set(place, level)
        await writePairs(level, content)
      } else if (kind === 'keys' || kind === 'anchors') {
        if (!isOwnName(place)) continue
        await mkdir(join(folder, kind), { recursive: true, mode: 0o700 })
        await writeDurably(join(folder, kind, place), content.toString())
      } else throw new BackupFault(`This backup holds something unknown: ${name}.`)
    }
    mustHaveAll(manifest, levels)
  } finally {
    for (const level of levels.values()) await promisify(level.close.bind(level))()
  }
  return manifest
}

/** Throws where a database that the backup names is not in it. */
export function mustHaveAll({ databases }: Manifest, had: { has: (database: string) => boolean }): void {
  const missing = databases.filter((database) => !had.has(database))
  if (missing.length > 0) throw new BackupFault(`This backup lacks ${missing.join(', ')}.`)
}

async function newLevel(folder: string): Promise<Level> {
  await mkdir(folder, { recursive: true })
  const level = leveldown(folder)
  await promisify(level.open.bind(level))({ createIfMissing: true })
  return level
}

function writePairs(level: Level, lines: Buffer): Promise<void> {
  const puts = pairsOf(lines).map(([key, value]) => ({ type: 'put' as const, key, value }))
  return promisify(level.batch.bind(level))(puts, { sync: true })
}

/** New epochs, and the restore as an act in each chain of anchors (L2). */
async function beginAgain(
  folder: string,
  manifest: Manifest,
  { random, log }: RestoreSettings,
): Promise<void> {
  const signer = makeSigner((await readFile(join(folder, 'keys', 'signing.key'), 'utf8')).trim())
  const stores = await makeEmbeddedStores(folder)
  try {
    await markRestored(stores, manifest, random)
    for (const db of manifest.databases.filter((name) => name.startsWith('journal-'))) {
      const anchors = makeAnchorFile(join(folder, 'anchors', `${db}.jsonl`))
      const world = { signer, now: Date.now, random, schedule: realSchedule, log }
      await (await openJournal({ stores, db, anchors, ...world })).close()
    }
  } finally {
    await stores.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
