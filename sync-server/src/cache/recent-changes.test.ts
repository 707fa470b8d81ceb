import type { StoreInfo } from '../store/store'
import { makeRecentChanges, type RecentChanges } from './recent-changes'

/** A store whose changes are a list, with a count of how often it is read. */
function listed(ids: string[] = []) {
  const asked = { info: 0, changes: 0 }
  let feed = 'f'
  const held: { release: (() => void) | null } = { release: null }
  return {
    ids,
    asked,
    held,
    anotherFeed: () => void (feed += 'f'),
    store: {
      info: async (): Promise<StoreInfo> => {
        asked.info++
        return { feed, seq: String(ids.length) }
      },
      changes: async (since: string | null, limit: number) => {
        asked.changes++
        const from = Number(since ?? 0)
        const found = ids.slice(from, from + limit)
        if (held.release === null)
          return { ids: found, seq: String(from + found.length), more: from + found.length < ids.length }
        await new Promise<void>((resolve) => (held.release = resolve))
        return { ids: found, seq: String(from + found.length), more: false }
      },
    },
  }
}

const everything = [{ start: '', end: '~' }]

async function since(recent: RecentChanges, seq: string) {
  await recent.look()
  return recent.since(seq, everything)
}

test('P-1 what changed after a known sequence is told from memory, and read once for all', async () => {
  const { store, ids, asked } = listed(['a'])
  const recent = makeRecentChanges({ store })
  expect(await since(recent, '1')).toMatchObject({ ids: [], seq: '1' })
  ids.push('b', 'c')
  expect(await since(recent, '1')).toMatchObject({ ids: ['b', 'c'], seq: '3' })
  const { changes } = asked
  expect(await since(recent, '1')).toMatchObject({ ids: ['b', 'c'], seq: '3' })
  expect(await since(recent, '3')).toMatchObject({ ids: [], seq: '3' })
  expect(asked.changes).toBe(changes)
})

test('P-1 a sequence that it never came by is for the store', async () => {
  const { store, ids } = listed(['a', 'b', 'c'])
  const recent = makeRecentChanges({ store })
  expect(await since(recent, '1')).toBeNull()
  ids.push('d', 'e')
  await since(recent, '3')
  expect(await since(recent, '4')).toBeNull()
})

test('P-1 who asks while a reading is under way is told what was written before they asked', async () => {
  const { store, ids, held } = listed(['a'])
  const recent = makeRecentChanges({ store })
  await since(recent, '1')
  ids.push('b')
  held.release = () => undefined
  const early = since(recent, '1')
  await new Promise(setImmediate)
  ids.push('c')
  const late = since(recent, '1')
  const release = held.release
  held.release = null
  release()
  await early
  expect((await late)?.ids).toEqual(['b', 'c'])
})

test('P-2 more than it keeps is dropped at the front, and what is kept stays right', async () => {
  const { store, ids } = listed()
  const recent = makeRecentChanges({ store })
  await since(recent, '0')
  for (let n = 0; n < 30; n++) {
    ids.push(...Array.from({ length: 1_000 }, (_, i) => `${n}-${i}`))
    await since(recent, '0')
  }
  expect(await since(recent, '0')).toBeNull()
  expect((await since(recent, '29000'))?.ids).toEqual(ids.slice(29_000).sort())
})

test.each([
  ['another feed', (made: ReturnType<typeof listed>) => made.anotherFeed()],
  ['a sequence that fell', (made: ReturnType<typeof listed>) => void made.ids.splice(1)],
])('O3 %s means that the store was set back: nothing known of it counts', async (_name, setBack) => {
  const made = listed(['a', 'b', 'c'])
  let told = 0
  const recent = makeRecentChanges({ store: made.store, onSetBack: () => told++ })
  await since(recent, '3')
  setBack(made)
  expect(await since(recent, '2')).toBeNull()
  expect(told).toBe(1)
})

test('S1 a store that cannot be read is read again for the next who asks', async () => {
  const { store, ids } = listed(['a'])
  let broken = true
  const info = () => (broken ? Promise.reject(new Error('away')) : store.info())
  const recent = makeRecentChanges({ store: { ...store, info } })
  await expect(recent.look()).rejects.toThrow('away')
  broken = false
  await since(recent, '1')
  ids.push('b')
  expect((await since(recent, '1'))?.ids).toEqual(['b'])
})

test('P-1 of all that changed each is told what is in their own stretches, once, as of its last change', async () => {
  const { store, ids } = listed(['a:1'])
  const recent = makeRecentChanges({ store })
  await since(recent, '1')
  ids.push('b:2', 'a:1', 'c:1', 'b:2', 'b:1')
  await recent.look()
  ids.push('b:0', 'a:1')
  await recent.look()
  const stretches = [
    { start: 'a:1', end: 'a:1' },
    { start: 'b:', end: 'b:~' },
  ]
  expect(recent.since('1', stretches)?.ids).toEqual(['a:1', 'b:0', 'b:1', 'b:2'])
  expect(recent.since('6', stretches)?.ids).toEqual(['a:1', 'b:0'])
  expect(recent.since('6', [{ start: 'c:', end: 'c:~' }])?.ids).toEqual([])
})
