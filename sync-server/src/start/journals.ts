import * as z from 'zod/mini'
import { databaseName } from 'shared/journal/ids'
import type { Journals } from '../http/journals'
import type { Founded, ServerJournal } from '../journal/port'
import type { StoreFactory } from '../store/store'

const listedFor = 5000

export interface OpenJournals extends Journals {
  /** Makes a new journal and writes its first entries. */
  found(db: string, entries: Iterable<Founded>, onProgress?: (done: number) => void): Promise<void>
  /** The epoch of the only journal, or empty. */
  epoch(): string
  close(): Promise<void>
}

/** The journals of a store, each opened once, when first asked for. */
export function makeJournals(
  stores: Pick<StoreFactory, 'list'>,
  openOne: (db: string) => Promise<ServerJournal>,
): OpenJournals {
  const open = new Map<string, Promise<ServerJournal>>()
  const opened = new Map<string, ServerJournal>()
  let listed: { names: string[]; at: number } | null = null

  async function list(): Promise<string[]> {
    if (listed && Date.now() - listed.at < listedFor) return listed.names
    const names = (await stores.list('journal-')).filter((name) => z.safeParse(databaseName, name).success)
    listed = { names, at: Date.now() }
    return names
  }

  function openJournal(db: string): Promise<ServerJournal> {
    const known = open.get(db)
    if (known) return known
    const opening = openOne(db)
    open.set(db, opening)
    opening.then(
      (journal) => opened.set(db, journal),
      // The next request tries again.
      () => open.delete(db),
    )
    return opening
  }

  return {
    list,
    get: async (db) => (open.has(db) || (await list()).includes(db) ? openJournal(db) : null),
    async found(db, entries, onProgress) {
      const journal = await openJournal(db)
      listed = null
      await journal.found(entries, onProgress)
    },
    epoch() {
      const [only, ...others] = opened.values()
      return only && others.length === 0 ? only.epoch() : ''
    },
    async close() {
      await Promise.all([...opened.values()].map((journal) => journal.close()))
    },
  }
}
