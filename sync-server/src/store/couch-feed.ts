import type { CouchServer } from './couch-server'
import { isDocumentId } from './plain-document'
import type { ChangesPage } from './store'

/** What `_changes` answers, without documents. */
export interface CouchChanges {
  results: { id: string; deleted?: boolean; changes: { rev: string }[] }[]
  last_seq: string | number
  pending?: number
}

/** One page of changes: each id at its latest place, deleted and design documents left out. */
export function pageOf({ results, last_seq, pending = 0 }: CouchChanges): ChangesPage {
  const revs = new Map<string, string>()
  for (const { id, deleted, changes } of results) {
    // A cluster may tell of a change twice. The later place counts.
    revs.delete(id)
    const [winner] = changes
    if (!deleted && winner && isDocumentId(id)) revs.set(id, winner.rev)
  }
  return { ids: [...revs.keys()], revs, seq: String(last_seq), more: pending > 0 }
}

const longest = 50_000
const pageSize = 1000

/** Waits for changes until stopped. Where CouchDB is away, it asks again: after a second, at last every half a minute. */
export async function followCouch(
  server: CouchServer,
  db: string,
  from: string,
  onChange: (ids: string[], seq: string) => void,
  stop: AbortSignal,
): Promise<void> {
  let since = from
  let pause = 1000
  while (!stop.aborted) {
    const page = await nextPage(server, db, since, stop)
    if (stop.aborted) return
    if (page === null) {
      await sleep(pause, stop)
      pause = Math.min(pause * 2, 30_000)
      continue
    }
    pause = 1000
    since = page.seq
    if (page.ids.length > 0) onChange(page.ids, page.seq)
  }
}

async function nextPage(
  server: CouchServer,
  db: string,
  since: string,
  stop: AbortSignal,
): Promise<ChangesPage | null> {
  const qs = { feed: 'longpoll', since, limit: pageSize, timeout: longest }
  try {
    return pageOf(await server.wait<CouchChanges>({ db, path: '_changes', qs }, longest + 15_000, stop))
  } catch {
    return null
  }
}

function sleep(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    stop.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
