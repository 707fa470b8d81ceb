import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeEmbeddedStores } from '../store/embedded'
import { syncedLevel } from '../store/synced-level'
import { BackupFault } from './backup-fault'
import { couchSnapshot } from './couch-snapshot'
import { embeddedSnapshot } from './embedded-snapshot'
import type { Member } from './members'
import { seal, type Sealed } from './sealed-file'
import { askForBackup } from './socket'
import { watchLevels } from './watched-levels'

export interface BackupSettings {
  dataDir: string
  /** Null: the embedded store in `dataDir`. */
  couchdb: string | null
  /** A file, or a folder in which the backup gets a name by its time. */
  to: string
  recipients: readonly string[]
  /** ms, by the machine's clock. */
  now: () => number
}

/** Backs up everything that the server keeps into one sealed file, while the server runs or while it does not. */
export async function takeBackup(settings: BackupSettings): Promise<Sealed> {
  const { to, recipients, now } = settings
  if (recipients.length === 0)
    throw new BackupFault('There is no public key to seal the backup with: npm run backup:keys makes one.')
  const file = await fileFor(to, now())
  const source = await sourceOf(settings)
  try {
    return await seal(source.members, { file, recipients })
  } finally {
    await source.close()
  }
}

interface Source {
  members: AsyncIterable<Member>
  close: () => Promise<void>
}

async function sourceOf({ dataDir, couchdb, now }: BackupSettings): Promise<Source> {
  const made = () => new Date(now()).toISOString()
  if (couchdb) return { members: couchSnapshot({ couchdb, dataDir, now: made }), close: async () => {} }
  await stat(join(dataDir, 'store')).catch((cause: unknown) => {
    throw new BackupFault(`There is no store in ${dataDir}: set DATA_DIR as it is for the server.`, { cause })
  })
  const running = await askForBackup(dataDir)
  if (running) return { members: running, close: async () => {} }
  // Nobody works on the folder, and as long as its lock is ours nobody will.
  const levels = watchLevels(syncedLevel)
  const stores = await makeEmbeddedStores(dataDir, levels)
  return { members: embeddedSnapshot({ dataDir, stores, levels, now: made }), close: () => stores.close() }
}

async function fileFor(to: string, now: number): Promise<string> {
  const there = await stat(to).catch(() => null)
  if (!there?.isDirectory()) return to
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  return join(to, `zvonok-${time}Z.age`)
}
