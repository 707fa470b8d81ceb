import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Broken } from './breaks'
import { keepProgress, readProgress } from './progress'
import { simulate } from './run'

jest.setTimeout(300_000)

test('the same seed gives the same history, byte for byte', async () => {
  const [once, again] = [await simulate({ seed: 11 }), await simulate({ seed: 11 })]
  expect(again.lines).toEqual(once.lines)
  expect(again.hash).toBe(once.hash)
  expect((await simulate({ seed: 12 })).hash).not.toBe(once.hash)
})

test.each(['one', 'copies'] as const)(
  'nothing is lost, doubled or shown to the wrong person: store %s',
  async (kind) => {
    for (let seed = 1000; seed < 1005; seed += 1) {
      expect((await simulate({ seed, kind })).complaints).toEqual([])
    }
  },
)

// The others, and how soon each is noticed from seed 1 on, are in docs/simulation.md: npm run simulate -- --breaks. Here a
// series begins shortly before a run that is known to notice.
test.each<[Broken, number]>([
  ['O1', 1],
  ['O2', 1],
  ['P-1', 45],
  ['S1', 1],
  ['C1', 25],
  ['T1', 1],
  ['ACC-19', 4],
])('a broken rule is noticed: %s', async (broken, first) => {
  const noticed: number[] = []
  for (let seed = first; seed < first + 20 && noticed.length === 0; seed += 1) {
    if ((await simulate({ seed, broken })).complaints.length > 0) noticed.push(seed)
  }
  expect(noticed).not.toEqual([])
})

test('a series that was broken off in the middle of a line goes on from the last whole one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-progress-'))
  const file = join(folder, 'runs')
  const told = { seed: 7, hash: 'h', entries: 3, complaints: ['I1 lost'] }
  keepProgress(file, told, 'abc')
  keepProgress(file, { ...told, seed: 8 }, 'abc')
  writeFileSync(file, '{"seed":9,"ha', { flag: 'a' })
  expect([...readProgress(file).values()]).toEqual([told, { ...told, seed: 8 }])
  keepProgress(file, { ...told, seed: 9 }, 'abc')
  expect([...readProgress(file).keys()]).toEqual([7, 8, 9])
  rmSync(folder, { recursive: true })
})
