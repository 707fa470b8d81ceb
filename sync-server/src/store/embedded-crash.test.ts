import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { must } from 'shared/plain/must'
import { makeEmbeddedStores } from './embedded'
import { FolderInUse } from './folder-lock'

/** Another process that writes in the folder, and the ids it has been told are on disk. */
async function writerIn(dataDir: string): Promise<{ writer: ChildProcess; told: string[] }> {
  const writer = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'crash-writer.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const told: string[] = []
  const lines = createInterface({ input: must(writer.stdout, 'stdout') })
  lines.on('line', (id) => told.push(id))
  while (told.length < 40) await once(lines, 'line')
  return { writer, told }
}

it('S1 a killed process leaves everything it was told is written, and its folder free', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-crash-'))
  const { writer, told } = await writerIn(dataDir)

  const second = makeEmbeddedStores(dataDir)
  await expect(second).rejects.toThrow(FolderInUse)
  await expect(second).rejects.toThrow(`in use by another Zvonok (process ${writer.pid})`)

  writer.kill('SIGKILL')
  await once(writer, 'close')
  const factory = await makeEmbeddedStores(dataDir)
  const store = await factory.open('journal-crash-2026')
  const found = await store.get(told)
  expect(told.filter((id) => !found.has(id))).toEqual([])
  expect(await store.view('waiting', 'waiting')).toEqual(expect.arrayContaining(told))
  await factory.close()
  await rm(dataDir, { recursive: true })
}, 60_000)
