import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { isFounded } from '../journal/found'
import { makeCouchStores } from './couch'
import { CouchServer } from './couch-server'
import { NotAllowed } from './store'

const couchdb = process.env.COUCHDB_URL ?? ''
const describeWithCouch = couchdb ? describe : describe.skip

describeWithCouch('couch:set-up', () => {
  const mark = Date.now().toString(36)
  const database = `journal-setup${mark}-2026`
  const account = { SYNC_USER: `zvonok-test-${mark}`, SYNC_PASSWORD: 'a password / of its own' }

  function setUp(...names: string[]): string {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(__dirname, '../../../couchdb/set-up.mjs'), ...names],
      {
        env: { ...process.env, COUCHDB_ADMIN_URL: couchdb, ...account },
        encoding: 'utf8',
      },
    )
    return stdout + stderr
  }
  function accountUrl(): string {
    const url = new URL(couchdb)
    url.username = encodeURIComponent(account.SYNC_USER)
    url.password = encodeURIComponent(account.SYNC_PASSWORD)
    return url.href
  }
  async function remove(path: string): Promise<void> {
    const { origin, username, password } = new URL(couchdb)
    const credentials = Buffer.from(decodeURIComponent(`${username}:${password}`)).toString('base64')
    await fetch(`${origin}/${path}`, { method: 'DELETE', headers: { authorization: `Basic ${credentials}` } })
  }

  let first: string
  beforeAll(() => {
    first = setUp(database)
  }, 60_000)
  afterAll(async () => {
    const server = new CouchServer(couchdb)
    const path = `_users/org.couchdb.user:${account.SYNC_USER}`
    const { _rev } = await server.ask<{ _rev: string }>({ path })
    await server.close()
    await remove(`${path}?rev=${_rev}`)
    await remove(database)
  })

  it('makes what is missing, and is safe twice', () => {
    expect(first).toContain(`account ${account.SYNC_USER} created`)
    expect(first).toContain(`${database} created`)
    expect(first).not.toContain(account.SYNC_PASSWORD)
    const said = setUp()
    expect(said).toContain(`account ${account.SYNC_USER} is there`)
    expect(said).toContain(`${database} is there`)
    expect(said).not.toContain('created')
  }, 60_000)

  it('leaves the sync server an account that can do all it needs', async () => {
    const factory = makeCouchStores(accountUrl())
    const store = await factory.open(database)
    await store.ensure()
    // To be founded with the code that the server prints, by this account.
    expect(await isFounded(store)).toBe(false)
    const outcomes = await store.write([{ doc: { _id: 'lesson:a' }, rev: null }])
    expect(outcomes.get('lesson:a')?.is).toBe('written')
    expect(await store.view('waiting', 'waiting')).toEqual([])
    expect((await store.changes(null, 10)).ids).toEqual(['lesson:a'])
    expect(await isFounded(store)).toBe(true)
    expect(await factory.list(database)).toEqual([database])
    await factory.close()
  })

  it('and nothing more: no database of its own, no views, no accounts', async () => {
    const server = new CouchServer(accountUrl())
    const design = { _id: '_design/sheets', views: {} }
    const tries = [
      { db: database.replace('setup', 'other'), method: 'put' as const },
      { db: database, path: '_design/other', method: 'put' as const, body: design },
      { db: '_users', path: '_all_docs' },
      { path: '_node/_local/_config' },
    ]
    for (const ask of tries) await expect(server.ask(ask)).rejects.toThrow('does not let this account')
    await server.close()

    const factory = makeCouchStores(accountUrl())
    const missing = await factory.open(database.replace('setup', 'missing'))
    await expect(missing.ensure()).rejects.toBeInstanceOf(NotAllowed)
    await expect(missing.ensure()).rejects.toThrow(
      `npm run couch:set-up -- ${database.replace('setup', 'missing')}`,
    )
    await factory.close()
  })
})
