import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import adapter from 'pouchdb-adapter-leveldb-core'
import PouchDB from 'pouchdb-core'
import { syncedLevel } from '../../../sync-server/src/store/synced-level'
import { answerQuestions } from './helper-process'

/** Documents to be written raw, in bulks of 100. The answer: how many ms that took. */
export interface RawBulk {
  docs: { _id: string }[]
}

const aBatch = 100
const [couchdb] = process.argv.slice(2)
const write = couchdb ? await couchBulks(couchdb) : embeddedBulks()

answerQuestions(async ({ docs }: RawBulk) => {
  const began = performance.now()
  for (let from = 0; from < docs.length; from += aBatch) {
    const rows = await write(docs.slice(from, from + aBatch))
    if (!rows.every((row) => row?.ok))
      throw new Error(`not written: ${JSON.stringify(rows.find((row) => !row?.ok))}`)
  }
  return performance.now() - began
})

type Bulk = (docs: object[]) => Promise<({ ok?: boolean } | undefined)[]>

// The same engine with the same settings as our embedded store, every write synced, and nothing of ours around it.
function embeddedBulks(): Bulk {
  function leveldb(this: unknown, options: object, callback: (error: Error | null) => void): void {
    adapter.call(this, options, callback)
  }
  leveldb.valid = () => true
  leveldb.use_prefix = false
  PouchDB.adapter('leveldb', leveldb, true)
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-raw-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const pouch = new PouchDB(join(folder, 'raw'), {
    adapter: 'leveldb',
    db: syncedLevel,
    auto_compaction: true,
    revs_limit: 100,
    deterministic_revs: false,
  })
  return (docs) => pouch.bulkDocs(docs)
}

async function couchBulks(address: string): Promise<Bulk> {
  const { username, password, origin } = new URL(address)
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const database = `${origin}/zvonok-bench-raw`
  await fetch(database, { method: 'DELETE', headers })
  const made = await fetch(database, { method: 'PUT', headers })
  if (!made.ok) throw new Error(`no database: ${made.status} ${await made.text()}`)
  return async (docs) => {
    const reply = await fetch(`${database}/_bulk_docs`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ docs }),
    })
    return (await reply.json()) as { ok?: boolean }[]
  }
}
