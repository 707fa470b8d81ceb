import { FolderInUse } from '../store/folder-lock'
import { StoreDamaged, StoreUnavailable } from '../store/store'
import { NotForDemo } from './found-demo'
import { listenFault } from './listen'
import { MissingKey } from './signing-key'

/** A sentence for whoever starts the server; a stack only for what nobody foresaw. */
export function startFault(error: unknown, env: Readonly<Record<string, string | undefined>>): string {
  if (error instanceof FolderInUse || error instanceof NotForDemo || error instanceof MissingKey)
    return error.message
  if (error instanceof StoreUnavailable) {
    if (error instanceof StoreDamaged || (!env['COUCHDB_URL']?.trim() && isDamage(error.message)))
      return `The store in DATA_DIR is damaged (${error.message}). Restore it from the backup; what came after it the devices offer again.`
    const ask = env['COUCHDB_URL']?.trim()
      ? 'Is COUCHDB_URL right, and CouchDB running?'
      : 'Is there room on the disk of DATA_DIR, and may this account write there?'
    return `The store does not answer (${error.message}). ${ask}`
  }
  const listening = listenFault(error, { host: env['HOST'] ?? '', port: Number(env['PORT'] ?? 8080) })
  if (listening) return listening
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

// How LevelDB speaks of a file that is not what it wrote, or not there.
function isDamage(message: string): boolean {
  return /Corruption|missing files|No such file|EIO|Input\/output error/.test(message)
}
