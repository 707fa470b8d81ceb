import { Readable } from 'node:stream'
import couchbackup from '@cloudant/couchbackup'
import { Couch } from './couch.mjs'

/** Makes a new database, which only administrators may use until set-up says who else; false where there is one. */
export async function createDatabase(address, database) {
  return new Couch(address).ensure(`/${database}`)
}

export async function deleteDatabase(address, database) {
  await new Couch(address).ask('DELETE', `/${database}`)
}

/** Puts couchbackup's lines into an empty database: documents with their revisions and leaves, as they were. */
export async function restoreLines(address, database, lines) {
  await new Promise((resolve, reject) => {
    couchbackup.restore(
      Readable.from(lines, { objectMode: false }),
      new Couch(address).at(database),
      { parallelism: 2, bufferSize: 100 },
      (error, said) => (error ? reject(error) : resolve(said)),
    )
  })
}

export async function putLocal(address, database, id, value) {
  const path = `/${database}/_local/${encodeURIComponent(id)}`
  const { status, body } = await new Couch(address).try('GET', path)
  await new Couch(address).ask('PUT', path, { value, ...(status === 200 ? { _rev: body._rev } : {}) })
}
