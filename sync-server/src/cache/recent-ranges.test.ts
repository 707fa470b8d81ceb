import type { SheetDocument } from 'shared/journal/document'
import { makeRecentChanges } from './recent-changes'
import { makeRecentRanges } from './recent-ranges'

/** A store of sheets whose ids are all that matters, with a count of how often a range is read. */
function storeOf(kind: 'embedded' | 'couchdb', ...ids: string[]) {
  const sheets = new Map<string, SheetDocument>()
  const log: string[] = []
  const asked = { ranges: 0, looks: 0 }
  const write = (id: string, cells = 1, text = '') => {
    log.push(id)
    sheets.set(id, sheetOf(id, log.length, cells, text))
  }
  for (const id of ids) write(id)
  const store = {
    kind,
    info: async () => {
      asked.looks++
      return { feed: 'f', seq: String(log.length) }
    },
    changes: async (since: string | null) => {
      return { ids: log.slice(Number(since ?? 0)), seq: String(log.length), more: false }
    },
    range: async <D extends SheetDocument>(start: string, end: string, limit: number) => {
      asked.ranges++
      const found = [...sheets.values()].filter(({ _id }) => _id >= start && _id <= end)
      return found.sort((a, b) => (a._id < b._id ? -1 : 1)).slice(0, limit) as D[]
    },
  }
  const recent = makeRecentChanges({ store })
  const ranges = makeRecentRanges({ store, recent })
  const read = async (start: string, end: string, limit = 10) =>
    (await (await ranges.asOfNow())(start, end, limit)).map(({ _id, version }) => `${_id}@${version}`)
  return { asked, write, ranges, read }
}

function sheetOf(_id: string, version: number, cells: number, text: string): SheetDocument {
  const cell = { value: 1, version, heads: [], contested: false, times: 1 }
  const named = Object.fromEntries(Array.from({ length: cells }, (_, i) => [`c${i}`, cell]))
  return {
    _id,
    version,
    type: 'lesson',
    db: 'd',
    epoch: 'e',
    fold: 1,
    links: [],
    texts: text ? { commitment: { text, salt: 's' } } : {},
    standings: {},
    cells: named,
    waiting: false,
  }
}

test('P-2 a range is read once for all who ask, until something in it changes', async () => {
  const { asked, write, read } = storeOf('embedded', 'a1', 'a2', 'b1')
  expect(await read('a', 'a~')).toEqual(['a1@1', 'a2@2'])
  expect(await read('a', 'a~')).toEqual(['a1@1', 'a2@2'])
  write('b1')
  expect(await read('a', 'a~')).toEqual(['a1@1', 'a2@2'])
  expect(asked.ranges).toBe(1)
  write('a1')
  expect(await read('a', 'a~')).toEqual(['a1@5', 'a2@2'])
  write('a3')
  expect(await read('a', 'a~')).toEqual(['a1@5', 'a2@2', 'a3@6'])
  expect(await read('a', 'a~', 1)).toEqual(['a1@5'])
})

test('P-2 one look does for a whole reading, and what is written after it comes with the next', async () => {
  const { asked, write, ranges, read } = storeOf('embedded', 'a1')
  await read('a', 'a~')
  const readRange = await ranges.asOfNow()
  write('a2')
  expect((await readRange('a', 'a~', 10)).map(({ _id }) => _id)).toEqual(['a1'])
  expect(asked).toEqual({ ranges: 1, looks: 2 })
  expect(await read('a', 'a~')).toEqual(['a1@1', 'a2@2'])
})

test('P-2 of a cluster nothing is kept: one copy may lag behind what another tells', async () => {
  const { asked, read } = storeOf('couchdb', 'a1')
  await read('a', 'a~')
  await read('a', 'a~')
  expect(asked.ranges).toBe(2)
})

test('O3 a store that was set back is read again', async () => {
  const { asked, ranges, read } = storeOf('embedded', 'a1')
  await read('a', 'a~')
  ranges.forget()
  await read('a', 'a~')
  expect(asked.ranges).toBe(2)
})

test('long texts weigh: a class with essays for homework is not kept as if it had marks', async () => {
  const { asked, write, read } = storeOf('embedded')
  write('a1', 1, 'я'.repeat(8_000_000))
  for (let i = 0; i < 2; i++) await read('a', 'a~')
  expect(asked.ranges).toBe(2)
})

test('what was not asked for longest goes when there is too much', async () => {
  const { asked, write, read } = storeOf('embedded')
  for (const id of ['a1', 'b1', 'c1']) write(id, 60_000)
  for (const start of ['a', 'b', 'a', 'c', 'a']) await read(start, `${start}~`)
  expect(asked.ranges).toBe(3)
  await read('b', 'b~')
  expect(asked.ranges).toBe(4)
})
