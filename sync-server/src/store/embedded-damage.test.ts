import { cp, mkdtemp, open, readdir, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFault } from '../start/start-fault'
import { makeEmbeddedStores } from './embedded'
import { StoreDamaged } from './store'

const database = 'journal-damage-2026'
const fill = (id: string) => ({ _id: id, waiting: true, text: id.repeat(2_000) })
let folder: string
let copies = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zvonok-damage-'))
  const stores = await makeEmbeddedStores(join(folder, 'open'))
  const store = await stores.open(database)
  await store.ensure()
  await store.setLocal('epoch', { id: 'first' })
  for (let i = 0; i < 20; i++) await store.write([{ doc: fill(`lesson:${i}`), rev: null }])
  await store.view('waiting', 'waiting')
  // As a killed process leaves it, without its lock.
  await cp(join(folder, 'open'), join(folder, 'left'), { recursive: true })
  await rm(join(folder, 'left', 'store', 'lock'), { recursive: true, force: true })
  await stores.close()
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

interface Copy {
  dataDir: string
  /** The path of the last such file of the database, or of its index. */
  file: (kind: RegExp, of?: RegExp) => Promise<string>
}

async function copy(): Promise<Copy> {
  const dataDir = join(folder, `copy-${copies++}`)
  await cp(join(folder, 'left'), dataDir, { recursive: true })
  return {
    dataDir,
    file: async (kind, of = /-2026$/) => {
      const names = await readdir(join(dataDir, 'store'))
      const database = join(dataDir, 'store', names.find((name) => of.test(name)) ?? 'none')
      const files = (await readdir(database)).filter((name) => kind.test(name)).sort()
      return join(database, files.at(-1) ?? 'none')
    },
  }
}

/** What a start over the folder makes of it. */
async function opened(dataDir: string) {
  const losses: string[] = []
  const stores = await makeEmbeddedStores(dataDir, { onLoss: (db, says) => losses.push(`${db}: ${says}`) })
  try {
    const store = await stores.open(database)
    const { feed } = await store.info()
    const ids = (await store.range('lesson:', 'lesson:~', 100)).map(({ _id }) => _id)
    const waiting = await store.view('waiting', 'waiting')
    return {
      feed,
      ids,
      waiting,
      losses,
      epoch: await store.local('epoch'),
      former: await store.local('epoch-before'),
    }
  } finally {
    await stores.close()
  }
}

it('opens what a killed process left, and nothing is missing', async () => {
  const { dataDir } = await copy()
  const { ids, waiting, losses, epoch } = await opened(dataDir)
  expect(ids).toHaveLength(20)
  expect(waiting).toHaveLength(20)
  expect(losses).toEqual([])
  expect(epoch).toEqual({ id: 'first' })
})

it('O3 begins anew where an index knows of more than the log still has', async () => {
  const { dataDir, file } = await copy()
  const log = await file(/\.log$/)
  const { feed } = await opened((await copy()).dataDir)
  await truncate(log, Math.floor((await stat(log)).size / 2))
  const after = await opened(dataDir)
  expect(after.losses).toEqual([`${database}: the end of its log is gone`])
  expect(after.epoch).toBeNull()
  expect(after.former).toEqual({ id: 'first' })
  expect(after.feed).not.toBe(feed)
  expect(after.ids.length).toBeLessThan(20)
  expect(after.waiting.sort()).toEqual(after.ids.sort())
})

it('makes an index anew that is damaged: it would miss rows', async () => {
  const { dataDir, file } = await copy()
  const log = await file(/\.log$/, /-mrview-/)
  await flip(log, Math.floor((await stat(log)).size / 2))
  const { waiting, losses } = await opened(dataDir)
  expect(waiting).toHaveLength(20)
  expect(losses).toEqual([])
})

it('refuses what it cannot believe, and leaves it as it is', async () => {
  const { dataDir, file } = await copy()
  await rm(await file(/^CURRENT$/))
  const before = await readdir(join(dataDir, 'store', database))
  const refusal: unknown = await opened(dataDir).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(StoreDamaged)
  expect(startFault(refusal, {})).toContain('Restore it from the backup')
  expect(await readdir(join(dataDir, 'store', database))).toEqual(before)
})

async function flip(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+')
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at)
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 0x40]), 0, 1, at)
  await file.close()
}
