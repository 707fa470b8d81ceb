import { until } from './contract/bench'
import { lossyProxyTo, type Loss, type LossyProxy } from './contract/lossy-proxy'
import { makeCouchStores } from './couch'
import { CouchServer } from './couch-server'
import { StoreUnavailable, type Store, type StoreFactory } from './store'
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

  describe('by a network that loses answers', () => {
    let proxy: LossyProxy
    let factory: StoreFactory
    let store: Store

    beforeEach(async () => {
      proxy = await lossyProxyTo(couchdb)
      factory = makeCouchStores(proxy.url)
      store = await factory.open(`journal-loss${Date.now().toString(36)}-2026`)
      await store.ensure()
    })
    afterEach(async () => {
      await factory.close()
      await proxy.close()
      await remove(proxy.created)
    })

    it.each<Loss>(['broken-off', 'accepted-only', 'server-error', 'half'])(
      'S1 a bulk whose answer is %s is uncertain, though it was written',
      async (loss) => {
        proxy.loss = loss
        const outcomes = await store.write(['a', 'b'].map((_id) => ({ doc: { _id }, rev: null })))
        expect([...outcomes]).toEqual([
          ['a', { is: 'uncertain' }],
          ['b', { is: 'uncertain' }],
        ])
        proxy.loss = 'none'
        expect([...(await store.get(['a', 'b'])).keys()].sort()).toEqual(['a', 'b'])
      },
    )

    it('a follower asks again after its connection broke', async () => {
      const seen: string[] = []
      store.follow((await store.info()).seq, (ids) => seen.push(...ids))
      await store.write([{ doc: { _id: 'a' }, rev: null }])
      await until(() => seen.includes('a'))
      proxy.cut()
      // The broken connection may take this write with it: whoever is not told that it is written writes again.
      const write = async () => (await store.write([{ doc: { _id: 'b' }, rev: null }])).get('b')?.is
      while ((await write()) === 'uncertain');
      await until(() => seen.includes('b'))
      expect(seen).toEqual(['a', 'b'])
    }, 15_000)

    it('an account without the right is told what to run', async () => {
      const url = new URL(couchdb)
      // A name of its own: CouchDB locks an account out after a few wrong passwords.
      url.username = 'zvonok-nobody'
      const nobody = makeCouchStores(url.href)
      const shut = await nobody.open('journal-nobody-2026')
      await expect(shut.ensure()).rejects.toThrow('npm run couch:set-up -- journal-nobody-2026')
      await expect(shut.get(['a'])).rejects.toThrow(StoreUnavailable)
      await nobody.close()
    })
  })
})

it('a CouchDB that is not there is a store that cannot be reached, and never an uncertain write', async () => {
  const proxy = await lossyProxyTo('http://127.0.0.1')
  await proxy.close()
  const factory = makeCouchStores(proxy.url)
  const store = await factory.open('journal-away-2026')
  const asks = [
    () => store.get(['a']),
    () => store.info(),
    () => store.write([{ doc: { _id: 'a' }, rev: null }]),
  ]
  for (const ask of asks) {
    const trouble: unknown = await ask().catch((error: unknown) => error)
    expect(trouble).toBeInstanceOf(StoreUnavailable)
    expect((trouble as Error).message).toContain('CouchDB cannot be reached')
  }
  await factory.close()
})
