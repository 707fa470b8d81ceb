import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A data folder whose disk can be filled and emptied under a running server. */
export interface Room {
  readonly dataDir: string
  /** How the disk is filled here. */
  readonly by: 'tmpfs' | 'file-size-limit'
  /** Leaves at most so many bytes. `pid` is the server's. */
  fill(leave: number, pid: number | null): Promise<void>
  /** There is room again. */
  free(pid: number | null): Promise<void>
  remove(): Promise<void>
}

const tmpfsSize = '48m'

/** A small file system of its own where one may be mounted, else a limit on the size of the server's files. */
export async function makeRoom(): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-disk-'))
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${tmpfsSize}`, 'zvonok', folder]).then(
    () => true,
    () => false,
  )
  const dataDir = join(folder, 'data')
  await mkdir(dataDir)
  return mounted ? smallDisk(folder, dataDir) : limitedFiles(folder, dataDir)
}

function smallDisk(folder: string, dataDir: string): Room {
  const filler = join(folder, 'filler')
  return {
    dataDir,
    by: 'tmpfs',
    async fill(leave) {
      const file = await open(filler, 'a')
      try {
        for (const size of [1 << 20, 1 << 12]) await writeUntilFull(file, Buffer.alloc(size))
        const { size } = await file.stat()
        await file.truncate(Math.max(0, size - leave))
      } finally {
        await file.close()
      }
    },
    free: () => rm(filler, { force: true }),
    async remove() {
      await run('umount', ['-l', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function writeUntilFull(file: Awaited<ReturnType<typeof open>>, piece: Buffer): Promise<void> {
  try {
    for (;;) await file.write(piece)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

// No file may grow beyond the longest that there is: an append fails (EFBIG) where a full disk would say ENOSPC.
function limitedFiles(folder: string, dataDir: string): Room {
  const limit = (pid: number, bytes: number | 'unlimited') =>
    run('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`])
  return {
    dataDir,
    by: 'file-size-limit',
    async fill(leave, pid) {
      if (pid === null) return
      await limit(pid, (await longestLog(dataDir)) + leave)
    },
    async free(pid) {
      if (pid !== null) await limit(pid, 'unlimited')
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function longestLog(dataDir: string): Promise<number> {
  const names = await readdir(dataDir, { recursive: true })
  const logs = names.filter((name) => /journal-[^/]*\/\d+\.log$/.test(name))
  const sizes = await Promise.all(logs.map(async (name) => (await stat(join(dataDir, name))).size))
  return Math.max(0, ...sizes)
}
