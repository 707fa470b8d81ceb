import type { Receipt } from 'shared/journal/receipt'
import { openEpochs } from './epochs'

function world(locals: Record<string, object> = {}) {
  const kept = new Map(Object.entries(locals))
  const alarms: string[] = []
  let chance = 0
  const deps = {
    db: 'journal-one-2026',
    store: {
      local: async <V extends object>(id: string) => (kept.get(id) as V | undefined) ?? null,
      setLocal: async <V extends object>(id: string, value: V) => void kept.set(id, value),
    },
    now: () => 0,
    random: () => ((chance += 1) % 60) / 60,
    log: { info() {}, warn() {}, error: (_facts: object, says: string) => void alarms.push(says) },
  }
  return { kept, alarms, deps }
}
const lostIn = (epoch: string) => ({ epoch, db: 'journal-one-2026', entry: 'e', received: 0 }) as Receipt

test('O3 a signed receipt that the ledger lacks begins a new epoch, once for each that is not known to have lost', async () => {
  const { alarms, deps } = world({ epoch: { id: 'first', past: [] } })
  const epochs = await openEpochs(deps)
  await epochs.lost(lostIn('first'))
  const second = epochs.current()
  expect(second).not.toBe('first')
  await epochs.lost(lostIn('first'))
  expect(epochs.current()).toBe(second)
  expect(alarms).toHaveLength(1)
})

test('O3 what a store has already found missing is no second loss when a device proves it', async () => {
  const { alarms, deps } = world({ 'epoch-before': { id: 'first', past: ['nought'] } })
  const epochs = await openEpochs(deps)
  const begun = epochs.current()
  expect(begun).not.toBe('first')
  for (const epoch of ['first', 'nought']) await epochs.lost(lostIn(epoch))
  expect(epochs.current()).toBe(begun)
  expect(alarms).toEqual([])
})

test('O3 what stood in this epoch and is gone begins a new one, once; of an earlier epoch it proves nothing', async () => {
  const { alarms, deps } = world({ epoch: { id: 'second', past: ['first'] } })
  const epochs = await openEpochs(deps)
  await epochs.lostSince('first', 'e')
  expect(epochs.current()).toBe('second')
  await epochs.lostSince('second', 'e')
  const third = epochs.current()
  expect(third).not.toBe('second')
  await epochs.lostSince('second', 'e')
  expect(epochs.current()).toBe(third)
  expect(alarms).toHaveLength(1)
})

test('O3 what is remembered of the former history is forgotten by every server, whichever was shown the loss', async () => {
  const { deps } = world({ epoch: { id: 'first', past: [] } })
  let clock = 0
  const forgotten: string[] = []
  const serverOf = (name: string) =>
    openEpochs({ ...deps, now: () => clock, onBegin: () => void forgotten.push(name) })
  const [one, two] = [await serverOf('one'), await serverOf('two')]
  await one.lost(lostIn('first'))
  clock += 5_000
  for (const server of [one, two]) await server.confirm()
  expect(two.current()).toBe(one.current())
  expect(forgotten).toEqual(['one', 'two'])
})
