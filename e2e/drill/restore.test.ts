import { drillRestore } from './restore-drill'

test('R7 two rounds of backup under load, loss of everything and restore lose nothing and double nothing', async () => {
  const figures = await drillRestore({ rounds: 2, seed: 1, devices: 3, couchdb: null, log: () => {} })
  expect(figures.complaints).toEqual([])
  expect(figures).toMatchObject({ rounds: 2, lost: 0, refusals: 2 })
  // A round in which nothing was written after the backup would have shown nothing.
  expect(figures.atRisk).toBeGreaterThan(10)
}, 180_000)
