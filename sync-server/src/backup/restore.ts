import { manifestOf, type Manifest } from './members'
import { restoreCouch } from './restore-couch'
import { restoreEmbedded, type RestoreSettings } from './restore-embedded'
import { opened } from './sealed-file'

export interface Restore extends Omit<RestoreSettings, 'dataDir'> {
  from: string
  identities: readonly string[]
  /** The data folder to be; null: only look whether the backup is whole. */
  to: string | null
  /** With an administrator: the CouchDB to restore to. Null: the embedded store. */
  couchdb: string | null
}

/** Restores a sealed backup, into a data folder or a CouchDB, or only reads it to the end. */
export async function restore(settings: Restore): Promise<Manifest> {
  const { from, identities, to, couchdb, ...rest } = settings
  const members = () => opened(from, identities)
  if (to === null) return readThrough(members())
  if (!couchdb) return restoreEmbedded(members(), { ...rest, dataDir: to })
  // A database cannot be moved into place when it is whole, so the backup is read to its end before one is made.
  await readThrough(members())
  return restoreCouch(members(), { ...rest, dataDir: to, couchdb })
}

async function readThrough(members: ReturnType<typeof opened>): Promise<Manifest> {
  const manifest = await manifestOf(members)
  let next = await members.next()
  while (!next.done) next = await members.next()
  return manifest
}
