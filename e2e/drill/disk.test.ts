import { drillDisk } from './disk-drill'

// `npm run drill:disk` is the long form, with starts over a full disk.
test('S1 a server whose disk is full refuses what it cannot keep, and goes on when there is room', async () => {
  const figures = await drillDisk({ seed: 1, rounds: 1, log: () => {} })
  expect(figures.complaints).toEqual([])
  expect(figures.answers['503']).toBeGreaterThan(0)
}, 180_000)
