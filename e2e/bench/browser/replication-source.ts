import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEmbeddedStores } from '../../../sync-server/src/store/embedded'
import type { Store, StoredDocument } from '../../../sync-server/src/store/store'

/** A database that PouchDB can replicate from. */
export interface ReplicationSource {
  kind: 'couchdb' | 'embedded'
  url: string
  auth?: { username: string; password: string }
  close(): Promise<void>
}

/** The documents in a CouchDB of their own where one is given; else in the embedded store, behind CouchDB's interface. */
export function replicationSource(
  documents: readonly StoredDocument[],
  couchdb: string | null,
): Promise<ReplicationSource> {
  return couchdb ? inCouch(documents, couchdb) : inEmbedded(documents)
}

const name = 'journal-replicated-2026'
const aBulk = 500

async function inCouch(documents: readonly StoredDocument[], address: string): Promise<ReplicationSource> {
  const { username, password, origin } = new URL(address)
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  const authorization = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`
  const url = `${origin}/bench-replicated`
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization, 'content-type': 'application/json' }
    const reply = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!reply.ok && reply.status !== 404) throw new Error(`${method} ${url}${path}: ${reply.status}`)
  }
  await ask('DELETE', '')
  await ask('PUT', '')
  for (let at = 0; at < documents.length; at += aBulk)
    await ask('POST', '/_bulk_docs', { docs: documents.slice(at, at + aBulk) })
  return { kind: 'couchdb', url, auth, close: () => ask('DELETE', '') }
}

async function inEmbedded(documents: readonly StoredDocument[]): Promise<ReplicationSource> {
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-replicated-'))
  const stores = await makeEmbeddedStores(folder)
  const store = await stores.open(name)
  await store.ensure()
  for (let at = 0; at < documents.length; at += aBulk)
    await store.write(documents.slice(at, at + aBulk).map((doc) => ({ doc, rev: null })))
  const server = createServer((req, res) => {
    answer(store, req, res).catch((error: unknown) => {
      res.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    kind: 'embedded',
    url: `http://127.0.0.1:${port}/${name}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await stores.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What PouchDB asks of a source while it replicates, and nothing else. Each answer comes from the store anew. */
async function answer(store: Store, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost')
  const [, , kind] = pathname.split('/')
  const body = await bodyOf(req)
  if (kind === undefined || kind === '') {
    const { seq } = await store.info()
    return say(res, 200, { db_name: name, update_seq: Number(seq) })
  }
  if (kind === '_local') {
    // Checkpoints: each replication of the bench is the first, and none is ever resumed.
    return req.method === 'PUT'
      ? say(res, 201, { ok: true, rev: '0-1' })
      : say(res, 404, { error: 'not_found' })
  }
  if (kind === '_changes') {
    const page = await store.changes(searchParams.get('since'), Number(searchParams.get('limit') ?? 25))
    const found = await store.get(page.ids)
    const before = Number(page.seq) - page.ids.length
    const results = page.ids.map((id, at) => ({
      seq: before + at + 1,
      id,
      changes: [{ rev: found.get(id)?.rev }],
    }))
    return say(res, 200, { results, last_seq: Number(page.seq), pending: 0 })
  }
  if (kind === '_bulk_get') {
    const asked = (JSON.parse(body) as { docs: { id: string }[] }).docs
    const found = await store.get(asked.map(({ id }) => id))
    const results = asked.map(({ id }) => {
      const leafed = found.get(id)
      const [generation = '1', hash = ''] = leafed?.rev.split('-') ?? []
      const revisions = { start: Number(generation), ids: [hash] }
      return { id, docs: [{ ok: { ...leafed?.doc, _rev: leafed?.rev, _revisions: revisions } }] }
    })
    return say(res, 200, { results })
  }
  return say(res, 404, { error: 'not_found' })
}

function say(res: ServerResponse, status: number, json: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
