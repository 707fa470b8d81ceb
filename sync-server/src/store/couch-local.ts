import { CouchRefusal, type CouchServer } from './couch-server'

interface LocalDocument {
  _rev: string
  value: object
}

async function read(server: CouchServer, db: string, id: string): Promise<LocalDocument | null> {
  return server
    .ask<LocalDocument>({ db, path: `_local/${encodeURIComponent(id)}` })
    .catch((error: unknown) => {
      if (error instanceof CouchRefusal && error.status === 404) return null
      throw error
    })
}

export async function localOf<V extends object>(
  server: CouchServer,
  db: string,
  id: string,
): Promise<V | null> {
  const doc = await read(server, db, id)
  return doc ? (doc.value as V) : null
}

/** Writes on what is there. False where somebody else wrote at the same time. */
async function tryToSet(
  server: CouchServer,
  db: string,
  id: string,
  value: object,
  rev?: string,
): Promise<boolean> {
  const body = { value, ...(rev === undefined ? {} : { _rev: rev }) }
  return server
    .ask({ db, path: `_local/${encodeURIComponent(id)}`, method: 'put', body })
    .then(() => true)
    .catch((error: unknown) => {
      if (error instanceof CouchRefusal && error.status === 409) return false
      throw error
    })
}

/** The last to write holds. */
export async function setLocalOf(server: CouchServer, db: string, id: string, value: object): Promise<void> {
  for (let isSet = false; !isSet;) {
    isSet = await tryToSet(server, db, id, value, (await read(server, db, id))?._rev)
  }
}

/** Writes where there is nothing yet: the first to write holds. */
export async function setLocalOnce(
  server: CouchServer,
  db: string,
  id: string,
  value: object,
): Promise<void> {
  if (!(await read(server, db, id))) await tryToSet(server, db, id, value)
}
