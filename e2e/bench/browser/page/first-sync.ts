import PouchDB from 'pouchdb-browser'
import { dropDatabases } from './drop-databases'
import { enter, openAndSync } from './open-device'
import { openDatabase } from '../../../../client/src/store/database'
import { makeSealer } from '../../../../client/src/store/sealer'
import { sealedStorage } from '../../../../client/src/store/sealed-storage'

/** The product's first sync after sign-in: opening the vault, pulling, sealing, all of it durable on disk. */
export async function firstSync(login: string): Promise<number> {
  const entered = await enter(login)
  const began = performance.now()
  const account = await openAndSync(entered)
  const took = performance.now() - began
  await account.close()
  entered.keyring.close()
  await dropDatabases()
  return took
}

/** How many sheets a device holds that is opened again after its first sync: read from disk, not from memory. */
export async function countHeld(login: string): Promise<number> {
  const entered = await enter(login)
  const account = await openAndSync(entered)
  await account.close()
  const database = await openDatabase(entered.vault.id)
  const storage = sealedStorage(database, await makeSealer(entered.master))
  const ids = new Set<string>()
  for await (const sheets of storage.loadSheets('2027-05-24')) for (const { id } of sheets) ids.add(id)
  await storage.close()
  entered.keyring.close()
  await dropDatabases()
  return ids.size
}

export interface Source {
  url: string
  auth?: { username: string; password: string }
}

/** PouchDB's way with the same documents: one-way replication into IndexedDB with its own defaults. */
export async function replicate({ url, auth }: Source, documents: number): Promise<number> {
  const began = performance.now()
  const here = new PouchDB('bench')
  const there = new PouchDB(url, auth ? { auth } : {})
  await here.replicate.from(there)
  const took = performance.now() - began
  const { doc_count: held } = await here.info()
  if (held !== documents) throw new Error(`PouchDB holds ${held} of ${documents} documents`)
  await here.destroy()
  await there.close()
  return took
}
