import type { SheetDocument } from 'shared/journal/document'
import {
  formerDirectories,
  formerSheets,
  grace,
  type FormerDirectory,
  type FormerSheet,
} from 'shared/journal/grace'
import { directoryOf, type Directory, type DirectorySheet } from 'shared/people/directory'
import type { Leafed, Store } from '../store/store'

/** Nothing is judged on a directory that was confirmed longer ago (A3). */
export const confirmedFor = 5_000
/** Former directories are kept for the grace, and for as long as a store may make a settling wait (A3). */
const formerFor = grace + 60_000
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
  store: Pick<Store<SheetDocument>, 'info' | 'range' | 'changes' | 'get'>
  now: () => number
  /** A directory sheet has several leaves: somebody should merge them (S2). */
  onConflict: (sheet: string) => void
}

const directorySheet = /^(?:school|staff|calendar|policy|(?:roster|families|timetable):.+)$/

/** Whether a sheet goes into the directory; asked of every sheet of every bulk, so by its prefix alone. */
export function isDirectorySheet(id: string): boolean {
  return directorySheet.test(id)
}

export function makeDirectoryCache({ store, now, onConflict }: Deps): DirectoryCache {
  let sheets = new Map<string, DirectorySheet>()
  let directory: Directory | null = null
  let formers = new Map<string, FormerSheet[]>()
  let formerOnes: FormerDirectory[] | null = null
  let seq: string | null = null
  let confirmed = Number.NEGATIVE_INFINITY
  let confirming: Promise<void> | null = null
  const listeners: ((sheets: readonly string[]) => void)[] = []

  const keep = (documents: readonly SheetDocument[]) => {
    const newer = documents.filter((doc) => (sheets.get(doc._id)?.version ?? -1) < doc.version)
    if (newer.length === 0) return
    for (const doc of newer) {
      const { _id: id, version, cells } = doc
      sheets.set(id, { id, version, cells })
      const changed = formerSheets(doc, now() - formerFor)
      // A receipt from a clock that ran ahead restricts no later than others.
      formers.set(
        id,
        changed.map(({ until, sheet }) => ({ until: Math.min(until, now()), sheet })),
      )
    }
    directory = null
    formerOnes = null
    for (const listener of listeners) listener(newer.map(({ _id }) => _id))
  }
  const keepLeaves = (leaves: Iterable<Leafed<SheetDocument>>) => {
    for (const { doc, conflicts } of leaves) {
      keep([doc])
      if (conflicts.length > 0) onConflict(doc._id)
    }
  }
  const load = async () => {
    const before = await store.info()
    for (const [start, end] of places) {
      for (let from = start; ;) {
        const documents = await store.range(from, end, page)
        keep(documents)
        const last = documents.at(-1)
        if (!last || documents.length < page) break
        from = `${last._id}!`
      }
    }
    seq = before.seq
  }
  const confirm = async () => {
    const began = now()
    if (seq === null) await load()
    for (let more = true; more;) {
      const changes = await store.changes(seq, page)
      const changed = changes.ids.filter(isDirectorySheet)
      if (changed.length > 0) keepLeaves((await store.get(changed)).values())
      seq = changes.seq
      more = changes.more
    }
    confirmed = began
  }
  const confirmOnce = () => (confirming ??= confirm().finally(() => (confirming = null)))
  return {
    async current() {
      // A clock that was set back must not make a confirmation look new for ever.
      if (Math.abs(now() - confirmed) > confirmedFor) await confirmOnce()
      directory ??= directoryOf(sheets.values())
      return directory
    },
    former(since) {
      formerOnes ??= formerDirectories(sheets, [...formers.values()].flat())
      return formerOnes.flatMap((one) => (one.until >= since ? [one.directory] : []))
    },
    async confirm() {
      // One under way may have read before the fact that is looked for.
      await confirming
      await confirmOnce()
    },
    learn(documents) {
      keep(documents.filter(({ _id }) => isDirectorySheet(_id)))
    },
    forget() {
      sheets = new Map()
      directory = null
      formers = new Map()
      formerOnes = null
      seq = null
      confirmed = Number.NEGATIVE_INFINITY
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
