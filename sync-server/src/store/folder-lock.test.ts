import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FolderInUse, lockFolder } from './folder-lock'
import { StoreUnavailable } from './store'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zvonok-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('gives a folder to one only, and to the next when it is given back', async () => {
  const unlock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
  await unlock()
  const unlockAgain = await lockFolder(folder)
  await unlockAgain()
})

it('does not take a disk in trouble for another Zvonok', async () => {
  await mkdir(join(folder, 'lock'))
  // A file that LevelDB cannot replace stands for any trouble of the disk: a test cannot fill one.
  await mkdir(join(folder, 'lock', 'LOCK'))
  await writeFile(join(folder, 'pid'), '1234')
  const locked = lockFolder(folder)
  await expect(locked).rejects.toThrow(StoreUnavailable)
  await expect(locked).rejects.not.toThrow('another Zvonok')
})
