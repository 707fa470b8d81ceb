import { makeMemoryStores, type Fault } from './memory'
import { StoreUnavailable, type StoredDocument } from './store'
import { describeStore } from './store-contract'

describeStore('memory', async () => {
  let fault: Fault | null = null
  const factory = makeMemoryStores({ onWrite: () => fault })
  return {
    factory,
    plantLeaf: (database, doc, rev) => factory.plantLeaf(database, doc, rev),
    loseAnswers() {
      fault = 'uncertain-kept'
      return () => (fault = null)
    },
    remove: () => factory.close(),
  }
})

describe('memory, as tests use it', () => {
  const database = 'journal-test-2026'

  async function storeWith(options: Parameters<typeof makeMemoryStores>[0]) {
    const factory = makeMemoryStores(options)
    const store = await factory.open<StoredDocument & { text: string }>(database)
    await store.ensure()
    return { factory, store }
  }

  it.each<[Fault, string, boolean]>([
    ['conflict', 'conflict', false],
    ['uncertain-lost', 'uncertain', false],
    ['uncertain-kept', 'uncertain', true],
  ])('a write can be made to end in %s', async (fault, is, kept) => {
    const { store } = await storeWith({ onWrite: (_, { doc }) => (doc._id === 'b' ? fault : null) })
    const outcomes = await store.write(['a', 'b'].map((_id) => ({ doc: { _id, text: '' }, rev: null })))
    expect(outcomes.get('a')?.is).toBe('written')
    expect(outcomes.get('b')).toEqual({ is })
    expect((await store.get(['b'])).has('b')).toBe(kept)
  })

  it('a bulk can break off half way', async () => {
    const { store } = await storeWith({
      onWrite(_, { doc }) {
        if (doc._id === 'b') throw new StoreUnavailable('gone')
        return null
      },
    })
    const bulk = store.write(['a', 'b', 'c'].map((_id) => ({ doc: { _id, text: '' }, rev: null })))
    await expect(bulk).rejects.toThrow(StoreUnavailable)
    expect([...(await store.get(['a', 'b', 'c'])).keys()]).toEqual(['a'])
  })

  it('the same calls give the same revisions', async () => {
    const revs = []
    for (const { store } of [await storeWith({}), await storeWith({})]) {
      await store.write([{ doc: { _id: 'a', text: 'one' }, rev: null }])
      revs.push((await store.get(['a'])).get('a')?.rev)
    }
    expect(revs[0]).toBe(revs[1])
  })

  it('a backup is what there was then, and goes its own way', async () => {
    const { factory, store } = await storeWith({})
    await store.write([{ doc: { _id: 'a', text: 'one' }, rev: null }])
    const backup = factory.backup()
    await store.write([{ doc: { _id: 'b', text: 'later' }, rev: null }])
    const restored = await backup.open(database)
    expect((await restored.changes(null, 10)).ids).toEqual(['a'])
    await restored.write([{ doc: { _id: 'c' }, rev: null }])
    expect((await store.get(['c'])).size).toBe(0)
  })
})
