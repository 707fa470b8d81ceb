import type { SheetDocument } from 'shared/journal/document'
import {
  formerDirectories,
  formerSheets,
  grace,
  type FormerDirectory,
  type FormerSheet,
} from 'shared/journal/grace'
import { directoryOf, type Directory, type DirectorySheet } from 'shared/people/directory'
import { readListed } from '../store/read-listed'
import type { ChangesPage, Store } from '../store/store'

/** Nothing is judged on a directory that was confirmed longer ago (A3). */
export const confirmedFor = 5_000
/** Former directories are kept for the grace, and for as long as a store may make a settling wait (A3). */
const formerFor = grace + 60_000
/** One copy of a cluster may lag by so much (P-2). */
const lag = 60_000
const page = 500

const places: [start: string, end: string][] = [
  ['calendar', 'calendar'],
  ['families:', 'families:~'],
  ['policy', 'policy'],
  ['roster:', 'roster:~'],
  ['school', 'school'],
  ['staff', 'staff'],
  ['timetable:', 'timetable:~'],
]

/** The journal's own directory, read out of its sheets (I4). Losing it costs a read. */
export interface DirectoryCache {
  /** Confirmed at most 5 s ago (A3). The same object until something in it changes. */
  current(): Promise<Directory>
  /** Those that were in force until a moment not before `since` (ms), and are no more: the newest first (A3). */
  former(since: number): readonly Directory[]
  /** Confirms now: before a refusal that nothing can mend later (A1). */
  confirm(): Promise<void>
  /** What this server has just written: known before the next judgement. */
  learn(documents: readonly SheetDocument[]): void
  /** Forgets everything: the store was set back. */
  forget(): void
  onChange(listener: (sheets: readonly string[]) => void): void
}

interface Deps {
  store: Pick<Store<SheetDocument>, 'kind' | 'info' | 'range' | 'changes' | 'get'>
  now: () => number
  /** A directory sheet has several leaves: somebody should merge them (S2). */
  onConflict: (sheet: string) => void
}

const directorySheet = /^(?:school|staff|calendar|policy|(?:roster|families|timetable):.+)$/

/** Whether a sheet goes into the directory; asked of every sheet of every bulk, so by its prefix alone. */
export function isDirectorySheet(id: string): boolean {
  return directorySheet.test(id)
}

/** What is known of one history of the store. */
interface Known {
  sheets: Map<string, DirectorySheet>
  formers: Map<string, FormerSheet[]>
  seq: string | null
  confirmed: number
  /** When what was read from one copy is read again, for that copy may have lagged. */
  readAgain: number
  /** When all was last read by quorum. */
  surely: number
}

export function makeDirectoryCache({ store, now, onConflict }: Deps): DirectoryCache {
  let known = nothing()
  let directory: Directory | null = null
  let formerOnes: FormerDirectory[] | null = null
  let confirming: Promise<void> | null = null
  const listeners: ((sheets: readonly string[]) => void)[] = []
  const isCluster = store.kind === 'couchdb'

  // Readings that are under way when everything is forgotten go into what nobody asks any more.
  const keep = (into: Known, documents: readonly SheetDocument[]) => {
    const newer = documents.filter((doc) => (into.sheets.get(doc._id)?.version ?? -1) < doc.version)
    if (newer.length === 0) return
    for (const doc of newer) {
      const { _id: id, version, cells } = doc
      into.sheets.set(id, { id, version, cells })
      const changed = formerSheets(doc, now() - formerFor)
      // A receipt from a clock that ran ahead restricts no later than others.
      into.formers.set(
        id,
        changed.map(({ until, sheet }) => ({ until: Math.min(until, now()), sheet })),
      )
    }
    if (into !== known) return
    directory = null
    formerOnes = null
    for (const listener of listeners) listener(newer.map(({ _id }) => _id))
  }
  const read = async (into: Known, listed: Pick<ChangesPage, 'ids' | 'revs'>) => {
    const { found, lacks } = await readListed(store, listed)
    for (const { doc, conflicts } of found.values()) {
      keep(into, [doc])
      if (conflicts.length > 0) onConflict(doc._id)
    }
    return lacks
  }
  const readPlaces = async (into: Known) => {
    for (const [start, end] of places) {
      for (let from = start; ;) {
        const documents = await store.range(from, end, page)
        keep(into, documents)
        const last = documents.at(-1)
        if (!last || documents.length < page) break
        from = `${last._id}!`
      }
    }
  }
  const load = async (into: Known) => {
    const before = await store.info()
    await readPlaces(into)
    // A range comes from one copy, which may lag behind that sequence: sheets are asked of a quorum, and what is not even
    // listed yet is looked for once more when no copy can lag so far (P-2).
    if (isCluster) await readSurely(into)
    into.readAgain = isCluster ? now() + lag : Number.POSITIVE_INFINITY
    into.seq = before.seq
  }
  const readSurely = async (into: Known) => {
    const began = now()
    await read(into, { ids: [...into.sheets.keys()] })
    into.surely = began
  }
  const confirm = async (into: Known) => {
    const began = now()
    if (into.seq === null) await load(into)
    if (began >= into.readAgain) {
      into.readAgain = Number.POSITIVE_INFINITY
      await readPlaces(into)
    }
    let { seq } = into
    let isWhole = true
    for (let more = true; more;) {
      const changes = await store.changes(seq, page)
      const lacks = await read(into, { ...changes, ids: changes.ids.filter(isDirectorySheet) })
      isWhole &&= !lacks
      ;({ seq, more } = changes)
      // What was listed and not found is asked for again with the next confirmation.
      if (isWhole) into.seq = seq
    }
    into.confirmed = began
  }
  const confirmOnce = () => {
    if (confirming) return confirming
    const mine = confirm(known).finally(() => {
      if (confirming === mine) confirming = null
    })
    confirming = mine
    return mine
  }
  return {
    async current() {
      for (let mine = null; mine !== known;) {
        mine = known
        // A clock that was set back must not make a confirmation look new for ever.
        if (Math.abs(now() - mine.confirmed) > confirmedFor) await confirmOnce()
      }
      directory ??= directoryOf(known.sheets.values())
      return directory
    },
    former(since) {
      formerOnes ??= formerDirectories(known.sheets, [...known.formers.values()].flat())
      // Of what is older some sheets have forgotten more than others: together they would say what never was.
      const from = Math.max(since, now() - formerFor)
      return formerOnes.flatMap((one) => (one.until >= from ? [one.directory] : []))
    },
    async confirm() {
      // One under way may have read before the fact that is looked for.
      await confirming
      await confirmOnce()
      if (isCluster && Math.abs(now() - known.surely) > confirmedFor) await readSurely(known)
    },
    learn(documents) {
      keep(
        known,
        documents.filter(({ _id }) => isDirectorySheet(_id)),
      )
    },
    forget() {
      known = nothing()
      directory = null
      formerOnes = null
      confirming = null
    },
    onChange: (listener) => void listeners.push(listener),
  }
}

function nothing(): Known {
  const never = Number.NEGATIVE_INFINITY
  return { sheets: new Map(), formers: new Map(), seq: null, confirmed: never, readAgain: 0, surely: never }
}
