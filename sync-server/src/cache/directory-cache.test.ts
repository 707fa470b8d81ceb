import type { SheetDocument } from 'shared/journal/document'
import { db } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { smallJournal } from '../journal/small-journal'
import { makeMemoryStores } from '../store/memory'
import type { Store } from '../store/store'
import { makeDirectoryCache } from './directory-cache'

/** The small school's store, which answers when it is let. */
async function slowStore(over: Partial<Store<SheetDocument>> = {}) {
  const journal = await smallJournal()
  const store = await journal.stores.open<SheetDocument>(db)
  let open = () => {}
  let gate: Promise<void> | null = null
  const gated: Store<SheetDocument> = {
    kind: 'memory',
    ensure: () => store.ensure(),
    info: () => store.info(),
    get: (ids) => store.get(ids),
    write: (writes) => store.write(writes),
    range: (...range) => store.range(...range),
    changes: async (...since) => {
      await gate
      return store.changes(...since)
    },
    follow: (...since) => store.follow(...since),
    view: (...view) => store.view(...view),
    local: (id) => store.local(id),
    setLocal: (id, value) => store.setLocal(id, value),
    close: () => store.close(),
    ...over,
  }
  const cache = makeDirectoryCache({ store: gated, now: () => journal.clock.now, onConflict: () => {} })
  return {
    cache,
    journal,
    store,
    shut() {
      gate = new Promise((resolve) => (open = resolve))
    },
    open: () => open(),
  }
}

test('A3 what was being read when everything was forgotten does not stand for the new history', async () => {
  const { cache, shut, open } = await slowStore()
  shut()
  const asked = cache.current()
  await new Promise((resolve) => setImmediate(resolve))
  cache.forget()
  open()
  expect((await asked).staff.has('t1')).toBe(true)
  expect((await cache.current()).staff.has('t1')).toBe(true)
})

test('P-2 what a lagging copy of a cluster did not list is found a minute later', async () => {
  const bare = await makeMemoryStores().open<SheetDocument>(db)
  await bare.ensure()
  let isLagging = true
  const journal = await smallJournal()
  const store = await journal.stores.open<SheetDocument>(db)
  const { cache, journal: own } = await slowStore({
    kind: 'couchdb',
    info: () => store.info(),
    range: (...range) => (isLagging ? bare : store).range(...range),
    changes: (...since) => store.changes(...since),
    get: (ids) => store.get(ids),
  })
  expect((await cache.current()).staff.size).toBe(0)
  isLagging = false
  own.clock.now += 61_000
  expect((await cache.current()).staff.has('t1')).toBe(true)
})

test('A1 before a refusal for good the sheets are asked of a quorum: one copy may not know yet', async () => {
  const journal = await smallJournal()
  const store = await journal.stores.open<SheetDocument>(db)
  const { cache, journal: own } = await slowStore({
    kind: 'couchdb',
    info: () => store.info(),
    range: (...range) => store.range(...range),
    // The copy that tells of changes has heard of none.
    changes: async (since) => ({ ids: [], seq: since ?? '', more: false }),
    get: (ids) => store.get(ids),
  })
  await cache.current()
  const before = must((await journal.directory()).students.get('s3'), 's3')
  await journal.office('roster:c5a', 'student:s3', { name: before.name, to: '2026-09-15' })
  own.clock.now += 6_000
  expect((await cache.current()).students.get('s3')?.to).toBeUndefined()
  await cache.confirm()
  expect((await cache.current()).students.get('s3')?.to).toBe('2026-09-15')
})
