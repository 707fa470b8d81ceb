import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import leveldown from 'leveldown'
import { StoreUnavailable } from './store'

/** The folder is another process's: two would overwrite each other. Ends the start, with a sentence for the operator. */
export class FolderInUse extends Error {
  override name = 'FolderInUse'
}

/**
 * Takes a folder for this process; the returned function gives it back. The lock is the operating system's, by way of
 * LevelDB: it goes with the process, however that ends, and cannot be mistaken for another's that has the same pid.
 * The pid beside it is for the sentence only.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(join(folder, 'lock'), { recursive: true })
  const level = leveldown(join(folder, 'lock'))
  const open = promisify(level.open.bind(level))
  const pidFile = join(folder, 'pid')
  try {
    await open({ createIfMissing: true })
  } catch (cause) {
    const { message } = cause as Error
    if (!isTaken(message)) throw new StoreUnavailable(message, { cause })
    const pid = await readFile(pidFile, 'utf8').catch(() => 'unknown')
    throw new FolderInUse(
      `The data folder ${folder} is in use by another Zvonok (process ${pid.trim()}). Stop it, or set DATA_DIR to another folder.`,
      { cause },
    )
  }
  await writeFile(pidFile, `${process.pid}\n`)
  return promisify(level.close.bind(level))
}

// LevelDB has one error for all: `IO error: lock <file>: <why>` where somebody holds it. A full disk is none of those.
function isTaken(message: string): boolean {
  return / lock .*: (already held by process|Resource temporarily unavailable)/.test(message)
}
