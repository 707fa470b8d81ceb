import { IDBDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { rawContents } from '../testing/raw-scan'
import { openDatabase, type SealedDatabase } from './database'
import { rewriteRows, type Rewrite } from './rewrite-rows'
import { WrittenMeanwhile } from './short-writes'

const closing: SealedDatabase[] = []
afterEach(async () => {
  jest.restoreAllMocks()
  for (const database of closing.splice(0)) await database.close()
})

async function aStore() {
  const indexedDB = new IDBFactory()
  const database = await openDatabase('v1', { indexedDB, IDBKeyRange })
  closing.push(database)
  const { sheets } = database.collections
  const bodies = async () => {
    const found = await sheets.storageInstance.findDocumentsById([keyOf('a'), keyOf('b')], false)
    return Object.fromEntries(found.map(({ key, body }) => [key[0], body]))
  }
  return { sheets, bodies, raw: () => rawContents(indexedDB) }
}

const ours = { tab: 'one', durability: 'strict' } as const
const theirs = { tab: 'two', durability: 'strict' } as const

const keyOf = (name: string) => name.padEnd(43, '-')

function rewrite(name: string, change: (before: string | null) => string | null | Promise<string>): Rewrite {
  const key = keyOf(name)
  return {
    key,
    async make(before) {
      const body = await change(before?.body ?? null)
      return body === null ? null : { key, shelf: 'shelf', body, tab: 'one' }
    },
  }
}

test('rows that are there are changed, others made, and what is to be nothing goes', async () => {
  const { sheets, bodies } = await aStore()
  await rewriteRows(sheets, [rewrite('a', () => 'first')], ours)
  await rewriteRows(
    sheets,
    [rewrite('a', (before) => `${before}!`), rewrite('b', (before) => `${before}`)],
    ours,
  )
  expect(await bodies()).toEqual({ a: 'first!', b: 'null' })
  await rewriteRows(sheets, [rewrite('a', () => null)], ours)
  expect(await bodies()).toEqual({ b: 'null' })
  await rewriteRows(sheets, [rewrite('a', (before) => `again ${before}`)], ours)
  expect(await bodies()).toEqual({ a: 'again null', b: 'null' })
})

test('what is to go and is not there asks nothing of the disk', async () => {
  const { sheets } = await aStore()
  const write = jest.spyOn(sheets.storageInstance, 'bulkWrite')
  await rewriteRows(sheets, [rewrite('a', () => null)], ours)
  expect(write).not.toHaveBeenCalled()
})

test('a row that is written meanwhile is made again from that, and nothing of the bulk was kept before', async () => {
  const { sheets, bodies } = await aStore()
  const seen: unknown[] = []
  await rewriteRows(
    sheets,
    [
      rewrite('a', () => 'beside'),
      rewrite('b', async (before) => {
        seen.push([before, await bodies()])
        if (seen.length === 1) await rewriteRows(sheets, [rewrite('b', () => 'theirs')], theirs)
        return `${before} and ours`
      }),
    ],
    ours,
  )
  expect(seen).toEqual([
    [null, {}],
    ['theirs', { b: 'theirs' }],
  ])
  expect(await bodies()).toEqual({ a: 'beside', b: 'theirs and ours' })
})

test('a row that is always written meanwhile ends in an error, and nothing is kept', async () => {
  const { sheets, bodies } = await aStore()
  let n = 0
  const race = rewrite('b', async () => {
    n += 1
    await rewriteRows(sheets, [rewrite('b', () => `theirs ${n}`)], theirs)
    return 'ours'
  })
  await expect(rewriteRows(sheets, [rewrite('a', () => 'beside'), race], ours)).rejects.toThrow(
    WrittenMeanwhile,
  )
  expect(await bodies()).toEqual({ b: `theirs ${n}` })
})

test('OFF-11 a removed row’s body has left the disk, even where its mark stays', async () => {
  const { sheets, raw } = await aStore()
  await rewriteRows(sheets, [rewrite('a', () => 'sealed words')], ours)
  expect(await raw()).toContain('sealed words')
  jest.spyOn(sheets.storageInstance, 'cleanup').mockRejectedValue(new Error('the page was closed'))
  await rewriteRows(sheets, [rewrite('a', () => null)], ours)
  expect(await raw()).not.toContain('sealed words')
})

test.each([
  ['small', 50_000, 'relaxed'],
  ['laid in a file of its own by the browser', 70_000, 'strict'],
])('a row that is %s waits for the disk as it must', async (_how, length, durability) => {
  const { sheets } = await aStore()
  const transaction = jest.spyOn(IDBDatabase.prototype, 'transaction')
  const relaxed = { tab: 'one', durability: 'relaxed' } as const
  await rewriteRows(sheets, [rewrite('a', () => 'x'.repeat(length)), rewrite('b', () => '')], relaxed)
  const writing = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
  expect(writing).toEqual([['docs', 'readwrite', { durability }]])
})
