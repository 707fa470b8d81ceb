import * as z from 'zod/mini'
import { databaseName } from 'shared/journal/ids'
import type { Journals } from '../http/journals'
import type { OpenJournal } from '../journal/open-journal'
import type { Founded } from '../journal/port'
import type { StoreFactory } from '../store/store'
import { isSchoolIn } from './is-school'

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
  stores: Pick<StoreFactory, 'list' | 'open'>,
  openOne: (db: string) => Promise<OpenJournal>,
): OpenJournals {
  const open = new Map<string, Promise<OpenJournal>>()
  const opened = new Map<string, OpenJournal>()
  let listed: { names: string[]; at: number } | null = null

  async function list(): Promise<string[]> {
    if (listed && Date.now() - listed.at < listedFor) return listed.names
    const names = (await stores.list('journal-')).filter((name) => z.safeParse(databaseName, name).success)
    listed = { names, at: Date.now() }
    return names
  }

  function openJournal(db: string): Promise<OpenJournal> {
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
    isSchool: (db) => isSchoolIn(stores, db),
    async found(db, entries, onProgress) {
      const journal = await openJournal(db)
      listed = null
      await journal.found(entries, onProgress)
      await journal.anchor()
    },
    epoch() {
      const [only, ...others] = opened.values()
      return only && others.length === 0 ? only.epoch() : ''
    },
    async close() {
      await Promise.all([...opened.values()].map(leave))
    },
  }
}

/** A store that lies still is the easiest to tamper with, so what it says now is anchored first (L2). */
async function leave(journal: OpenJournal): Promise<void> {
  // A store out of reach is no reason to hang: the last hourly anchor stands.
  await journal.anchor().catch(() => {})
  await journal.close()
}
