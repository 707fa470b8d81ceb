import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import couchbackup from '@cloudant/couchbackup'
import { Couch } from './couch.mjs'

// Why couchbackup: it is kept by CouchDB's own people, works on a cluster, and brings conflicting leaves with their
// histories, which `_all_docs` does not. It leaves out attachments (we have none) and local documents (see localsOf).

/** Documents of a database with every conflicting leaf, as couchbackup's lines. */
export async function* linesOf(address, database) {
  // It notes ids while it reads, in a file: in a folder of ours, which goes with it.
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-couch-'))
  const lines = new PassThrough()
  const done = new Promise((resolve, reject) => {
    couchbackup.backup(
      new Couch(address).at(database),
      lines,
      {
        parallelism: 2,
        bufferSize: 100,
        quiet: true,
        log: join(folder, `${randomBytes(4).toString('hex')}.log`),
      },
      (error, said) => (error ? reject(error) : resolve(said)),
    )
  })
  done.then(
    () => lines.end(),
    (error) => lines.destroy(error),
  )
  try {
    yield* lines
  } finally {
    await done.catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }
}

/** The local documents of a database, by id: what a server noted of it, and no replication brings along. */
export async function localsOf(address, database) {
  const { rows } = await new Couch(address).ask('GET', `/${database}/_local_docs?include_docs=true`)
  return Object.fromEntries(
    rows
      .filter(({ doc }) => doc?.value !== undefined)
      .map(({ id, doc }) => [id.slice('_local/'.length), doc.value]),
  )
}
