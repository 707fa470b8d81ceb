import { existsSync } from 'node:fs'
import { cp, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createDatabase, deleteDatabase, putLocal, restoreLines } from 'couchdb/restore.mjs'
import { writeDurably } from '../start/signing-key'
import { makeCouchStores } from '../store/couch'
import { BackupFault } from './backup-fault'
import { publicKeyFile } from './make-keys'
import { manifestOf, publicKeyName, type Manifest, type Member } from './members'
import { mustHaveAll, type RestoreSettings } from './restore-embedded'
import { markRestored } from './restored'

export interface CouchRestoreSettings extends RestoreSettings {
  /** With an administrator's account. */
  couchdb: string
}

/**
 * Puts a backup into a CouchDB that has none of its databases: documents with all their leaves, and what servers noted
 * of each database. What cannot be finished is taken away again. Anchors and the public key for backups that the data
 * folder has are newer: they stay.
 */
export async function restoreCouch(
  members: AsyncGenerator<Member>,
  { couchdb, dataDir, anchors, random }: CouchRestoreSettings,
): Promise<Manifest> {
  const folder = join(dataDir, 'anchors')
  const hasAnchors = (await readdir(folder).catch(() => [])).length > 0
  const manifest = await manifestOf(members)
  if (manifest.store !== 'couchdb')
    throw new BackupFault('This is a backup of an embedded store: unset COUCHDB_ADMIN_URL to restore it.')
  const made: string[] = []
  try {
    for (const database of manifest.databases) {
      if (!(await createDatabase(couchdb, database)))
        throw new BackupFault(`${database} is there already: a restore replaces nothing. Delete it first.`)
      made.push(database)
    }
    mustHaveAll(manifest, await fill(members, { couchdb, dataDir, folder: hasAnchors ? null : folder }))
    const stores = makeCouchStores(couchdb)
    try {
      await markRestored(stores, manifest, random)
    } finally {
      await stores.close()
    }
    if (anchors) await cp(anchors, folder, { recursive: true })
    return manifest
  } catch (error) {
    for (const database of made) await deleteDatabase(couchdb, database)
    throw error
  }
}

async function fill(
  members: AsyncGenerator<Member>,
  { couchdb, dataDir, folder }: { couchdb: string; dataDir: string; folder: string | null },
): Promise<Set<string>> {
  const filled = new Set<string>()
  let next = await members.next()
  while (!next.done) {
    const { name, content } = next.value
    const [kind, place = '', part = ''] = name.split('/')
    if (kind === 'anchors') {
      if (folder) {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeDurably(join(folder, place), content.toString())
      }
      next = await members.next()
    } else if (name === publicKeyName) {
      const file = publicKeyFile(dataDir)
      if (!existsSync(file)) {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        await writeDurably(file, content.toString())
      }
      next = await members.next()
    } else if (kind === 'couchdb' && part === 'locals.json') {
      for (const [id, value] of Object.entries(JSON.parse(content.toString()) as Record<string, object>))
        await putLocal(couchdb, place, id, value)
      next = await members.next()
    } else if (kind === 'couchdb') {
      const run = runOf(members, next.value, `couchdb/${place}/`)
      await restoreLines(couchdb, place, run.lines())
      next = run.after()
      filled.add(place)
    } else throw new BackupFault(`This backup holds something unknown: ${name}.`)
  }
  return filled
}

/** The lines of members that follow each other under one folder, and what comes after them. */
function runOf(members: AsyncGenerator<Member>, first: Member, prefix: string) {
  let next: IteratorResult<Member> = { done: false, value: first }
  return {
    async *lines() {
      while (!next.done && next.value.name.startsWith(prefix)) {
        yield next.value.content
        next = await members.next()
      }
    },
    after: () => next,
  }
}
