import { drillKill } from './kill-drill'

// `npm run drill:kill -- --rounds 100` is the long form, with a browser among those that die.
test('R2 a school whose server and devices are killed while they write loses nothing and doubles nothing', async () => {
  // Nobody says that this machine has nothing else to do.
  const quick = { couchdb: null, couch: null, browserEvery: 0, stall: 60_000, log: () => {} }
  const figures = await drillKill({ rounds: 2, seed: 4, devices: 4, ...quick })
  expect(figures.complaints).toEqual([])
  expect(figures).toMatchObject({ rounds: 2, lost: 0, doubled: 0, chainFaults: 0 })
  // Blows that met nobody would have shown nothing.
  expect(figures.midPush).toBeGreaterThan(0)
  expect(figures.inLedgers).toBeGreaterThan(20)
}, 180_000)
