import { lossyProxyTo, type Loss } from './contract/lossy-proxy'
import { makeCouchStores } from './couch'
import { CouchServer } from './couch-server'
import { StoreUnavailable, type StoredDocument } from './store'
import { describeStore } from './store-contract'

const couchdb = process.env.COUCHDB_URL ?? ''

/** Deletes databases by the same address that created them. */
async function remove(databases: Iterable<string>): Promise<void> {
  const { origin, username, password } = new URL(couchdb)
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
  for (const name of databases)
    await fetch(`${origin}/${name}`, { method: 'DELETE', headers: { authorization } })
}

// Without a CouchDB there is nothing to ask: `npm run test:couchdb` says so, and fails.
const describeWithCouch = couchdb ? describe : describe.skip

describeWithCouch('CouchDB', () => {
  describeStore('couchdb', async () => {
    const proxy = await lossyProxyTo(couchdb)
    const server = new CouchServer(couchdb)
    let factory = makeCouchStores(proxy.url)
    return {
      factory,
      async plantLeaf(db, doc, rev) {
        const body = { docs: [{ ...doc, _rev: rev }], new_edits: false }
        await server.ask({ db, path: '_bulk_docs', method: 'post', body })
      },
      loseAnswers() {
        proxy.loss = 'broken-off'
        return () => (proxy.loss = 'none')
      },
      async reopen() {
        await factory.close()
        factory = makeCouchStores(proxy.url)
        return factory
      },
      async remove() {
        await factory.close()
        await server.close()
        await proxy.close()
        await remove(proxy.created)
      },
    }
  })

  it.each<Loss>(['broken-off', 'accepted-only', 'server-error', 'half'])(
    'S1 a bulk whose answer is %s is uncertain, though it was written',
    async (loss) => {
      const proxy = await lossyProxyTo(couchdb)
      const factory = makeCouchStores(proxy.url)
      const store = await factory.open<StoredDocument>(`journal-loss${Date.now().toString(36)}-2026`)
      await store.ensure()
      proxy.loss = loss
      const outcomes = await store.write(['a', 'b'].map((_id) => ({ doc: { _id }, rev: null })))
      expect([...outcomes]).toEqual([
        ['a', { is: 'uncertain' }],
        ['b', { is: 'uncertain' }],
      ])
      proxy.loss = 'none'
      expect([...(await store.get(['a', 'b'])).keys()].sort()).toEqual(['a', 'b'])
      await factory.close()
      await proxy.close()
      await remove(proxy.created)
    },
  )

  it('a follower asks again when CouchDB comes back', async () => {
    const first = await lossyProxyTo(couchdb)
    const factory = makeCouchStores(first.url)
    const store = await factory.open<StoredDocument>(`journal-away${Date.now().toString(36)}-2026`)
    await store.ensure()
    const seen: string[] = []
    store.follow((await store.info()).seq, (ids) => seen.push(...ids))
    await store.write([{ doc: { _id: 'a' }, rev: null }])
    while (!seen.includes('a')) await new Promise((resolve) => setTimeout(resolve, 10))
    first.cut()
    await store.write([{ doc: { _id: 'b' }, rev: null }])
    while (!seen.includes('b')) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(seen).toEqual(['a', 'b'])
    await factory.close()
    await first.close()
    await remove(first.created)
  }, 15_000)

  it('an account without the right is told what to run', async () => {
    const url = new URL(couchdb)
    url.password = 'wrong'
    const factory = makeCouchStores(url.href)
    const store = await factory.open('journal-nobody-2026')
    await expect(store.ensure()).rejects.toThrow(StoreUnavailable)
    await expect(store.ensure()).rejects.toThrow('npm run couch:set-up -- journal-nobody-2026')
    await factory.close()
  })
})
