import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { BackupFault } from './backup-fault'
import { closed, NotWhole, packed, unpacked, whole, type Member } from './members'

/** The longest path that a socket may have on every system we know: Linux takes 107, macOS 103. */
const longestPath = 103

/** ms without a byte after which a backup is broken off. */
const stalled = 60_000

/** Where a running server gives its backup: in a folder that only its own account may enter. */
export function socketPath(dataDir: string): string {
  return join(dataDir, 'run', 'backup.sock')
}

export interface BackupService {
  stop(): Promise<void>
}

/**
 * Gives the members of a backup to whoever connects, in the clear: who may enter the folder may read the store as well.
 * No route of the interface, so that nobody can ask for it over the network. Null where the path is too long for a socket.
 */
export async function serveBackups(
  dataDir: string,
  snapshot: () => AsyncIterable<Member>,
  onFault: (error: unknown) => void,
): Promise<BackupService | null> {
  const path = socketPath(dataDir)
  if (Buffer.byteLength(path) > longestPath) return null
  await mkdir(join(dataDir, 'run'), { recursive: true, mode: 0o700 })
  await chmod(join(dataDir, 'run'), 0o700)
  // Left by a server that was killed: the folder's lock says that there is no other now.
  await rm(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    // Whoever asks and does not read on would hold the store in its present state for good.
    socket.setTimeout(stalled, () => socket.destroy())
    pipeline(packed(closed(snapshot())), socket).catch((error: unknown) => {
      if (!isHangUp(error)) onFault(error)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** The members that a running server gives, or null where none runs over this folder. */
export async function askForBackup(dataDir: string): Promise<AsyncGenerator<Member> | null> {
  const path = socketPath(dataDir)
  const socket = connect(path)
  const answer = await new Promise<'there' | NodeJS.ErrnoException>((resolve) => {
    socket.once('connect', () => resolve('there'))
    socket.once('error', resolve)
  })
  if (answer === 'there') return fromServer(socket)
  if (answer.code === 'EACCES' || answer.code === 'EPERM')
    throw new BackupFault(`This account may not read ${dataDir}: run the backup as the server does.`)
  return null
}

async function* fromServer(socket: Socket): AsyncGenerator<Member> {
  try {
    yield* whole(unpacked(socket))
  } catch (cause) {
    if (!(cause instanceof NotWhole) && !isBroken(cause)) throw cause
    throw new BackupFault('The server broke off: it was stopped, or its log says why. Nothing was kept.', {
      cause,
    })
  }
}

// tar-stream speaks of an archive that ends too early in words only.
function isBroken(error: unknown): boolean {
  return (
    isHangUp(error) ||
    (error instanceof Error && /Unexpected end of data|ended prematurely/.test(error.message))
  )
}

function isHangUp(error: unknown): boolean {
  const codes = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
