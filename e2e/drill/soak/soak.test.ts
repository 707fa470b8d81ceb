import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lineThrough } from './slope'
import { soak } from './soak'

test('a line through samples has their slope, and the doubt of their scatter', () => {
  const line = lineThrough([0, 1, 2, 3].map((at) => ({ at, value: 10 + 2 * at })))
  expect(line).toEqual({ slope: 2, start: 10, within: 0 })
  const shaken = lineThrough([0, 1, 2, 3, 4, 5].map((at) => ({ at, value: at % 2 })))
  expect(Math.abs(shaken.slope)).toBeLessThan(shaken.within)
})

// `npm run soak -- --minutes 30 --devices 300` is the long form, and the only one that speaks of memory.
test('R10 devices live through two restarts: nothing is lost, no badge lies, all show the same', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-soak-'))
  try {
    const { failures, written, asked } = await soak({
      minutes: 0.2,
      devices: 8,
      every: 2,
      seed: 1,
      dataDir,
      log: () => undefined,
    })
    expect(failures).toEqual([])
    expect(written).toBeGreaterThan(3)
    expect(asked).toBeGreaterThan(0)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}, 300_000)
