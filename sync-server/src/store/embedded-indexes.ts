import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type PouchDB from 'pouchdb-core'
import { findDamage } from './level-check'

/** The folders in which PouchDB keeps the indexes of a database's views: made from its documents, whenever they are missing. */
export async function indexFolders(folder: string): Promise<string[]> {
  const parent = dirname(folder)
  const names = await readdir(parent)
  return names
    .filter((name) => name.startsWith(`${basename(folder)}-mrview-`))
    .map((name) => join(parent, name))
}

export async function dropIndexes(folder: string): Promise<void> {
  for (const index of await indexFolders(folder)) await rm(index, { recursive: true })
}

/** Removes indexes that have lost something, before they are opened: rows would be missing, and nobody would know. */
export async function dropDamagedIndexes(folder: string): Promise<void> {
  for (const index of await indexFolders(folder)) {
    const isWhole = await findDamage(index).then(
      (damage) => damage === null,
      () => false,
    )
    if (!isWhole) await rm(index, { recursive: true })
  }
}

/** The last change that any index has taken in. One that does not open is removed. */
export async function readIndexes(folder: string, open: (index: string) => PouchDB): Promise<number> {
  let last = 0
  for (const index of await indexFolders(folder)) {
    const pouch = open(index)
    // PouchDB's own note (pouchdb-abstract-mapreduce, `lastSeq`); a new index has none.
    const note = await pouch.get('_local/lastSeq').catch(() => null)
    await pouch.close().catch(() => {})
    if (typeof note?.['seq'] === 'number') last = Math.max(last, note['seq'])
    else await rm(index, { recursive: true })
  }
  return last
}
