import { randomUUID } from 'node:crypto'
import { designDocuments, type DesignDocument } from 'couchdb/design-documents.mjs'
import { setLocalOnce } from './couch-local'
import { CouchRefusal, NoSuchDatabase, type CouchServer } from './couch-server'

/**
 * Creates a database and its views where they are missing. With an account that may do neither, it finds everything in
 * place after `npm run couch:set-up`, or says that this is what is missing.
 */
export async function ensureDatabase(server: CouchServer, db: string): Promise<void> {
  if (!(await exists(server, db))) await create(server, db)
  for (const design of designDocuments(db)) await ensureDesign(server, db, design)
  // Names the feed of changes: a database that was replicated from another has sequences of its own.
  await setLocalOnce(server, db, 'feed', { feed: randomUUID() })
}

async function exists(server: CouchServer, db: string): Promise<boolean> {
  return server
    .ask({ db })
    .then(() => true)
    .catch((error: unknown) => {
      if (error instanceof NoSuchDatabase) return false
      throw error
    })
}

async function create(server: CouchServer, db: string): Promise<void> {
  await server.ask({ db, method: 'put' }).catch((error: unknown) => {
    // Another server was first.
    if (!(error instanceof CouchRefusal && error.status === 412)) throw error
  })
}

async function ensureDesign(server: CouchServer, db: string, design: DesignDocument): Promise<void> {
  const path = design._id
  for (;;) {
    const there = await server
      .ask<DesignDocument & { _rev: string }>({ db, path })
      .catch((error: unknown) => {
        if (error instanceof CouchRefusal && error.status === 404) return null
        throw error
      })
    if (there && JSON.stringify(there.views) === JSON.stringify(design.views)) return
    const body = { ...design, ...(there ? { _rev: there._rev } : {}) }
    const isWritten = await server
      .ask({ db, path, method: 'put', body })
      .then(() => true)
      .catch((error: unknown) => {
        if (error instanceof CouchRefusal && error.status === 409) return false
        throw error
      })
    if (isWritten) return
  }
}
