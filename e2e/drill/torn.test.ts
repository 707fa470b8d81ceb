import { drillTorn } from './torn-drill'

// `npm run drill:torn -- --flips 200 --cuts 50` is the long form.
test('R6 what a changed byte or a cut file has taken is refused or found out, and comes back', async () => {
  const figures = await drillTorn({ seed: 2, flips: 2, cuts: 1, writeFor: 1_200, log: () => {} })
  expect(figures.complaints).toEqual([])
  expect(figures.entries).toBeGreaterThan(20)
}, 180_000)
