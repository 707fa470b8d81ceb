import { breakable, type Broken } from './breaks'
import { simulate } from './run'

jest.setTimeout(240_000)

test('the same seed gives the same history, byte for byte', async () => {
  const [once, again] = [await simulate({ seed: 11 }), await simulate({ seed: 11 })]
  expect(again.lines).toEqual(once.lines)
  expect(again.hash).toBe(once.hash)
  expect((await simulate({ seed: 12 })).hash).not.toBe(once.hash)
})

test('nothing is lost, doubled or shown to the wrong person', async () => {
  for (let seed = 1000; seed < 1010; seed += 1) {
    expect((await simulate({ seed })).complaints).toEqual([])
  }
})

test.each(Object.keys(breakable) as Broken[])('a broken rule is noticed: %s', async (broken) => {
  const noticed: number[] = []
  for (let seed = 1; seed <= 150 && noticed.length === 0; seed += 1) {
    if ((await simulate({ seed, broken })).complaints.length > 0) noticed.push(seed)
  }
  expect(noticed).not.toEqual([])
})
