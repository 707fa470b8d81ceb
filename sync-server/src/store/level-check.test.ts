import { cp, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findDamage } from './level-check'
import { syncedLevel } from './synced-level'

let folder: string
let copies = 0

/** What a killed process leaves: a real LevelDB with tables and a log, copied while it is open. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zvonok-level-'))
  const level = syncedLevel(join(folder, 'open'))
  await promisify(level.open.bind(level))({ createIfMissing: true, writeBufferSize: 200_000 })
  const batch = promisify(level._batch.bind(level))
  for (let i = 0; i < 40; i++) {
    const value = Array.from({ length: 20_000 }, (_, n) =>
      String.fromCharCode(33 + ((n * 7919 + i * 31) % 90)),
    )
    await batch([{ type: 'put', key: `lesson:${i}`, value: value.join('') }], {})
  }
  // The last table is written behind our back.
  await new Promise((resolve) => setTimeout(resolve, 500))
  await cp(join(folder, 'open'), join(folder, 'left'), { recursive: true })
  await promisify(level.close.bind(level))()
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

async function copy(): Promise<{ path: string; file: (kind: RegExp) => Promise<string> }> {
  const path = join(folder, `copy-${copies++}`)
  await cp(join(folder, 'left'), path, { recursive: true })
  const file = async (kind: RegExp) => {
    const names = (await readdir(path)).filter((name) => kind.test(name)).sort()
    return join(path, names.at(-1) ?? 'none')
  }
  return { path, file }
}

async function flip(file: string, at: number): Promise<void> {
  const handle = await open(file, 'r+')
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at)
  await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 0x40]), 0, 1, at)
  await handle.close()
}

it('finds nothing in what a killed process left, nor in an empty folder', async () => {
  const { path, file } = await copy()
  expect((await stat(await file(/\.ldb$/))).size).toBeGreaterThan(0)
  expect(await findDamage(path)).toBeNull()
  expect(await findDamage(join(folder, 'nowhere'))).toBeNull()
})

it('takes a log that ends in the middle of a record for the end of a killed process', async () => {
  const { path, file } = await copy()
  const log = await file(/\.log$/)
  await truncate(log, (await stat(log)).size - 5)
  expect(await findDamage(path)).toBeNull()
})

it.each([0, 5, 9, 5_000, 33_000])('finds one changed byte of a log, at %i', async (at) => {
  const { path, file } = await copy()
  const log = await file(/\.log$/)
  expect((await stat(log)).size).toBeGreaterThan(40_000)
  await flip(log, at)
  expect(await findDamage(path)).toEqual({ is: 'lost', says: expect.stringMatching(/^\d+\.log is damaged$/) })
})

it('finds a table that is cut short', async () => {
  const { path, file } = await copy()
  await truncate(await file(/\.ldb$/), 100)
  expect(await findDamage(path)).toEqual({
    is: 'broken',
    says: expect.stringMatching(/^\d+\.ldb is cut short$/),
  })
})

it('finds that a manifest has lost its last words: it names a log that is gone', async () => {
  const { path, file } = await copy()
  const manifest = await file(/^MANIFEST/)
  // Each edit begins with a header of its own; cut in the last, the one before it counts.
  await truncate(manifest, (await readFile(manifest)).length - 3)
  expect(await findDamage(path)).toEqual({ is: 'lost', says: expect.stringMatching(/^\d+\.log is gone$/) })
})

it('finds any changed byte of a table, but for the blank in its footer', async () => {
  const { path, file } = await copy()
  const name = await file(/\.ldb$/)
  const whole = await readFile(name)
  const footer = whole.length - 48
  const spread = Array.from({ length: 40 }, (_, n) => Math.floor((footer * n) / 40))
  for (const at of [...spread, footer - 1, footer, whole.length - 8, whole.length - 1]) {
    await flip(name, at)
    expect(await findDamage(path)).toEqual({
      is: 'broken',
      says: expect.stringMatching(/^\d+\.ldb is damaged$/),
    })
    await writeFile(name, whole)
  }
  expect(await findDamage(path)).toBeNull()
})

it('does not take a folder for a new one that has lost its CURRENT: LevelDB would remove what is in it', async () => {
  const { path } = await copy()
  await rm(join(path, 'CURRENT'))
  expect(await findDamage(path)).toEqual({ is: 'broken', says: 'CURRENT is gone' })
})
