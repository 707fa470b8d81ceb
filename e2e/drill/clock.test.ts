import { drillClock } from './clock-drill'

const hour = 3_600_000

// `npm run drill:clock` is the long form, over seven starts.
test('T1 T2 T3 a server that starts three days fast and then two hours slow loses nothing, and no version goes back', async () => {
  const starts = [0, 72 * hour, -2 * hour]
  const figures = await drillClock({ seed: 1, writeFor: 500, starts, log: () => {} })
  expect(figures.complaints).toEqual([])
  expect(figures.inDoubt).toBeGreaterThan(0)
}, 180_000)
