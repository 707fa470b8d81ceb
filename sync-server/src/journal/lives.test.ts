import { openLives } from './lives'

function place(kind: 'embedded' | 'couchdb') {
  const clock = { now: 1_000_000 }
  const at = { seq: 10, until: 500, stored: null as object | null, reads: 0, servers: 0 }
  const store = {
    kind,
    info: async () => ({ seq: String(at.seq), feed: 'f' }),
    local: async <V extends object>(id: string) => {
      if (id === 'ticks') return { until: at.until } as object as V
      at.reads++
      return at.stored as V | null
    },
    setLocal: async <V extends object>(_id: string, value: V) => void (at.stored = value),
  }
  const open = () => openLives({ store, now: () => clock.now, newId: () => `life${at.servers++}` })
  return { clock, at, open }
}

test('O3 a store in one place that was copied back is found out, however far it has grown since', async () => {
  const { at, open } = place('embedded')
  const before = await open()
  const life = before.current()
  const backup = structuredClone(at.stored)
  expect(await before.since(life, '18', 0)).toBe('same')

  at.stored = backup
  at.seq = 17
  const setBack = await open()
  at.seq = 30
  const later = await open()
  for (const lives of [setBack, later]) {
    expect(await lives.since(life, '18', 0)).toBe('set-back')
    expect(await lives.since(life, '17', 0)).toBe('same')
  }
  expect(await later.since('of a history that is not this one', '3', 0)).toBe('set-back')
})

test('O3 a server that is started again has the same store', async () => {
  const { at, open } = place('embedded')
  const before = await open()
  at.seq = 25
  const after = await open()
  expect(await after.since(before.current(), '25', 0)).toBe('same')
})

test('O3 of a cluster’s store a start of a server tells nothing, so nobody knows', async () => {
  const { open } = place('couchdb')
  const first = await open()
  const life = first.current()
  expect(await first.since(life, '4-xyz', 0)).toBe('same')
  const second = await open()
  expect(await second.since(life, '4-xyz', 0)).toBe('unknown')
  // A device that was at the other server meanwhile.
  expect(await first.since(second.current(), '5-xyz', 0)).toBe('same')
  expect(first.current()).toBe(second.current())
})

test.each(['embedded', 'couchdb'] as const)(
  'P-2 a store that was copied back with its numbers is found out by a floor above them: %s',
  async (kind) => {
    const { open } = place(kind)
    const life = (await open()).current()
    const later = await open()
    expect(await later.since(life, '10', 500)).not.toBe('set-back')
    expect(await later.since(life, '10', 501)).toBe('set-back')
    expect(await later.since('of a history that is not this one', '3', 0)).toBe('set-back')
  },
)

test('a server hears of others that start within seconds, and asks the store no oftener', async () => {
  const { open, clock, at } = place('embedded')
  const first = await open()
  const second = await open()
  const reads = at.reads
  await first.confirm()
  expect(at.reads).toBe(reads)
  clock.now += 5_000
  await first.confirm()
  expect(first.current()).toBe(second.current())
})

test('two servers that start at one moment are both known, and a store that forgets its starts is told again', async () => {
  const { open, clock, at } = place('embedded')
  const first = await open()
  const second = await open()
  for (const lost of [{ lives: [{ id: first.current(), seq: '10', until: 500 }] }, null]) {
    at.stored = lost
    clock.now += 5_000
    await second.confirm()
    await first.confirm()
    expect(JSON.stringify(at.stored)).toContain('life1')
    expect(await second.since(second.current(), '10', 0)).toBe('same')
  }
})

test('no more starts are kept than devices come back from', async () => {
  const { open, at } = place('embedded')
  const oldest = (await open()).current()
  for (let i = 0; i < 60; i++) await open()
  const newest = await open()
  expect(JSON.stringify(at.stored).length).toBeLessThan(4_000)
  expect(await newest.since(oldest, '10', 0)).toBe('set-back')
})
