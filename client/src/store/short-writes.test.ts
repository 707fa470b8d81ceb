import { IDBDatabase, IDBFactory, IDBKeyRange, IDBTransaction } from 'fake-indexeddb'
import { createRxDatabase, type DexieStorageInternals } from 'rxdb'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { must } from 'shared/plain/must'
import { openDatabase, sealedSchema, type SealedCollections, type SealedDatabase } from './database'

const closing: SealedDatabase[] = []
afterEach(async () => {
  jest.restoreAllMocks()
  for (const database of closing.splice(0)) await database.close()
})

function aDisk() {
  const dexie = { indexedDB: new IDBFactory(), IDBKeyRange }
  const tab = async (open = openDatabase) => {
    const database = await open('v1', dexie)
    closing.push(database)
    return database.collections.entries
  }
  return { dexie, tab }
}

function row(key: string, body: string, tab = 'one') {
  return { key: key.padEnd(43, '-'), shelf: 'shelf', body, tab }
}

async function bodies(entries: SealedCollections['entries']): Promise<string[]> {
  const found = await entries.find({ sort: [{ key: 'asc' }] }).exec()
  return found.map(({ body }) => body)
}

test('a row is on the disk, not only in the system’s cache, when its write says so', async () => {
  const { tab } = aDisk()
  const entries = await tab()
  const transaction = jest.spyOn(IDBDatabase.prototype, 'transaction')
  await entries.insert(row('a', 'a mark'))
  const writing = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
  expect(writing).toEqual([['docs', 'readwrite', { durability: 'strict' }]])
})

test('two tabs that write one row at once leave the row of one of them, and the other is told', async () => {
  const { tab } = aDisk()
  const [one, two] = [await tab(), await tab(await anotherTab())]
  const told = await Promise.allSettled([one.insert(row('a', 'of one')), two.insert(row('a', 'of two'))])
  const kept = told.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.body] : []))
  const refused = told.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
  expect(kept).toHaveLength(1)
  expect(refused).toMatchObject([{ code: 'CONFLICT' }])
  expect(await bodies(one)).toEqual(kept)
})

test('a row that is there already keeps the others of its bulk from nothing, and stays as it is', async () => {
  const { tab } = aDisk()
  const entries = await tab()
  await entries.insert(row('b', 'first'))
  const { success, error } = await entries.bulkInsert([row('a', 'new'), row('b', 'second'), row('c', 'new')])
  expect(success.map(({ body }) => body)).toEqual(['new', 'new'])
  expect(error).toMatchObject([{ status: 409 }])
  expect(await bodies(entries)).toEqual(['new', 'first', 'new'])
})

test('two tabs that change one row at once lose neither change', async () => {
  const { tab } = aDisk()
  const [one, two] = [await tab(), await tab(await anotherTab())]
  const mine = await one.insert(row('a', ''))
  const theirs = must(await two.findOne(mine.key).exec(), 'the row in the other tab')
  await Promise.all([
    mine.incrementalModify((now) => ({ ...now, body: `${now.body}1` })),
    theirs.incrementalModify((now) => ({ ...now, body: `${now.body}2` })),
  ])
  const [body] = await bodies(await tab(await anotherTab()))
  expect(must(body, 'a body').split('').sort()).toEqual(['1', '2'])
})

test('each row written is told once to whoever watches', async () => {
  const { tab } = aDisk()
  const entries = await tab()
  const told: string[] = []
  entries.$.subscribe(({ documentData }) => told.push(documentData.body))
  await entries.insert(row('b', 'first'))
  await entries.bulkInsert([row('a', 'second'), row('b', 'refused')])
  expect(told).toEqual(['first', 'second'])
})

test('OFF-13 a disk that takes nothing says so, and keeps no half of it', async () => {
  const { tab } = aDisk()
  const entries = await tab()
  // As when the disk is found full: all were taken, and then the transaction does not end well.
  const full = jest.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (
    this: IDBTransaction,
  ) {
    this.abort()
  })
  await expect(entries.bulkInsert([row('a', 'one'), row('b', 'two')])).rejects.toThrow('aborted')
  full.mockRestore()
  expect(await bodies(entries)).toEqual([])
})

test('what it writes RxDB’s own storage reads, and the other way round', async () => {
  const { dexie, tab } = aDisk()
  const entries = await tab()
  await entries.insert(row('a', 'ours'))
  await must(closing.pop(), 'ours').close()
  const storage = getRxStorageDexie({ ...dexie })
  const own = await createRxDatabase<SealedCollections>({ name: 'zvonok-v1', storage, multiInstance: true })
  await own.addCollections({ entries: { schema: sealedSchema }, sheets: { schema: sealedSchema } })
  expect(await bodies(own.collections.entries)).toEqual(['ours'])
  await own.collections.entries.insert(row('b', 'theirs'))
  await own.close()
  expect(await bodies(await tab())).toEqual(['ours', 'theirs'])
})

test.each([
  ['has dropped without a word, as iOS does with a page in the background', dropUnheard],
  ['has closed', closeAsDexieHears],
])('OFF-13 a connection that the browser %s is opened again, and the row is kept', async (_how, drop) => {
  const { tab } = aDisk()
  const entries = await tab()
  const first = await entries.insert(row('a', 'before'))
  await drop(entries)
  await entries.insert(row('b', 'after'))
  await drop(entries)
  await first.incrementalModify((now) => ({ ...now, body: 'changed' }))
  expect(await bodies(entries)).toEqual(['changed', 'after'])
})

async function dropUnheard({ storageInstance }: SealedCollections['entries']): Promise<void> {
  const { dexieDb } = await (storageInstance.internals as DexieStorageInternals)
  dexieDb.backendDB().close()
}

async function closeAsDexieHears({ storageInstance }: SealedCollections['entries']): Promise<void> {
  const { dexieDb } = await (storageInstance.internals as DexieStorageInternals)
  dexieDb.close({ disableAutoOpen: false })
}

// Code that was loaded a second time shares nothing with the first but the disk and the messages between tabs.
async function anotherTab(): Promise<typeof openDatabase> {
  const loaded: { open?: typeof openDatabase } = {}
  await jest.isolateModulesAsync(async () => {
    loaded.open = (await import('./database')).openDatabase
  })
  return must(loaded.open, 'a second copy')
}
