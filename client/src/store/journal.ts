import { dayOf } from 'shared/calendar/zone'
import { makeEntry, undoDraft, type Draft } from 'shared/journal/build'
import type { Entry } from 'shared/journal/entry'
import type { Contact } from 'shared/journal/made'
import type { HistoryReply } from 'shared/wire/history'
import type { Judgement } from 'shared/journal/judge'
import type { ShownSheet } from 'shared/journal/overlay'
import type { ProjectedSheet } from 'shared/journal/project'
import { policyOn } from 'shared/people/directory'
import type { DeviceClock, DeviceStore } from '../sync/ports'
import { browserTimers, type Timers } from '../sync/timers'
import { deviceStore } from './device-store'
import { keepRows } from './keep-rows'
import { keepMeta } from './kept-meta'
import { judgeHere } from './own-judge'
import { makePicture } from './picture'
import { ReadOnlyHere, type Journal, type Me, type SyncStatus } from './port'
import { readStatus } from './status'
import { formerOf, lastToUndo } from './undoing'
import { emptyMeta, type EntryRow, type JournalStorage, type StoredMeta } from './storage'

export interface JournalParts {
  me: Me
  /** Names this device in entries. */
  device: string
  storage: JournalStorage
  clock: DeviceClock
  timers?: Timers
  /** Calls back before the next frame is painted; without, at once. */
  beforePaint?: (run: () => void) => void
  /** What the storage held when it was opened. */
  loaded?: { rows: EntryRow[]; dismissed: string[]; meta: StoredMeta }
  /** Told when there is something to send or to ask for. */
  requestSync?: (why: 'write' | 'asked') => void
  history?: (sheet: string, cell: string) => Promise<HistoryReply | null>
}

/** A journal with what the machinery behind the screens needs of it. */
export interface OpenJournal extends Journal {
  readonly device: DeviceStore
  /** The device's clocks, with the jumps since everything was last sent (T2). */
  readonly clock: DeviceClock
  meta(): StoredMeta
  setMeta(change: Partial<StoredMeta>): Promise<void>
  setSync(change: Partial<Pick<SyncStatus, 'state' | 'progress'>>): void
  /** The newest fact of the server: entries made from now on carry it (T1). */
  noteContact(contact: Contact): void
  /** Everything is sent and everything new is here, as of the latest contact. Durable. */
  settleContact(): Promise<void>
  /** Keeps the newest contact though the sync was not a full one. */
  keepContact(): Promise<void>
  /** Reads again what another tab may have changed. */
  refresh(): Promise<void>
  /** Takes in sheets that the storage held, as they are read. */
  takeIn(sheets: Parameters<ReturnType<typeof makePicture>['setSheets']>[0]): void
  openedSections(): string[]
  /** Takes over rows of a former vault of the same person. */
  adopt(rows: readonly EntryRow[]): Promise<void>
  /** Resolves when every entry made so far is on disk, or has been refused by it. */
  settled(): Promise<void>
  close(): Promise<void>
}

interface Composed {
  entry: Entry
  shown: ShownSheet
  judgement: Judgement
}

/** One person's journal over a storage: reading from memory, writing to memory first and then to disk. */
export function makeJournal(parts: JournalParts): OpenJournal {
  const { me, storage, clock, requestSync = () => {}, timers = browserTimers, beforePaint = atOnce } = parts
  const picture = makePicture()
  const listeners = new Set<() => void>()
  const goneOutside = new Set<string>()
  let sync: Pick<SyncStatus, 'state' | 'progress'> = { state: 'idle', progress: null }
  let revision = 0
  let status: SyncStatus | null = null
  let telling = false
  let composed: { draft: Draft; made: Composed } | null = null

  picture.setRows(parts.loaded?.rows ?? [])
  picture.dismiss(parts.loaded?.dismissed ?? [])

  // Everything that changes before one frame is painted is told at once: a tap goes to the disk first, and then repaints.
  function changed(): void {
    revision += 1
    status = null
    if (telling) return
    telling = true
    beforePaint(() => {
      telling = false
      for (const listener of listeners) listener()
    })
  }
  const keeper = keepRows(storage, timers, changed)
  const meta = keepMeta({ loaded: parts.loaded?.meta ?? emptyMeta, storage, clock, keeper })

  const stopOutside = storage.onOutside((outside) => {
    picture.setRows(outside.rows)
    picture.dismiss(outside.dismissed)
    picture.setSheets(outside.sheets, outside.gone)
    for (const id of outside.gone) goneOutside.add(id)
    for (const { id } of outside.sheets) goneOutside.delete(id)
    if (outside.meta) meta.take(outside.meta)
    changed()
    if (outside.rows.some(({ receipt }) => !receipt)) requestSync('write')
  })

  /** What was foreseen of a draft is what is written of it, if that follows at once. */
  function compose(draft: Draft): Composed {
    if (composed?.draft === draft) return composed.made
    const made = composeNow(draft)
    composed = { draft, made }
    queueMicrotask(() => (composed = null))
    return made
  }

  function composeNow(draft: Draft): Composed {
    const shown = picture.sheet(draft.sheet)
    const writer = {
      db: me.db,
      author: me.person,
      device: parts.device,
      n: picture.lastN() + 1,
      made: meta.made(),
    }
    const entry = makeEntry(draft, shown, writer)
    const cellsOfOwn = (id: string) => picture.row(id)?.entry.changes.map(({ cell }) => cell) ?? null
    const judgement = judgeHere(entry, { directory: picture.directory(), shown, now: meta.now(), cellsOfOwn })
    return { entry, shown, judgement }
  }

  async function add(draft: Draft, undoes: string | null): Promise<Entry> {
    if (daysAlone() !== null) throw new ReadOnlyHere('without contact for too long')
    const { entry, shown, judgement } = compose(draft)
    const former = formerOf(entry, shown)
    const row: EntryRow = { entry, receipt: null, capacity: judgement.capacity, former, undoes }
    composed = null
    picture.setRows([row])
    const keeping = keeper.keep(row)
    changed()
    try {
      await keeping
    } finally {
      // What the disk would not take is safest at the school.
      requestSync('write')
    }
    return entry
  }

  // OFF-16: counted from the last contact, by the policy as this device knows it.
  function daysAlone(): number | null {
    const { contact } = meta.read()
    if (!contact) return null
    const { offlineDays } = policyOn(dayOf(meta.now(), me.zone), picture.directory()).device
    return meta.now() - contact.time > offlineDays * 86_400_000 ? offlineDays : null
  }

  function statusNow(): SyncStatus {
    const days = daysAlone()
    const rest = { ...sync, lastSync: meta.read().lastSync, storage: keeper.trouble() }
    return { ...readStatus(picture, rest), ...(days === null ? {} : { readOnlyAfterDays: days }) }
  }

  function openedSections(): string[] {
    const today = dayOf(meta.now(), me.zone)
    return meta
      .read()
      .opened.filter(({ day }) => day === today)
      .map(({ section }) => section)
  }

  return {
    me,
    revision: () => revision,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    directory: () => picture.directory(),
    sheet: (id) => picture.sheet(id),
    foresee: (draft) => compose(draft).judgement.admission,
    write: (draft) => add(draft, null),
    async undo(sheet, id, force = false) {
      const row = id ? picture.row(id) : lastToUndo(picture.rowsOf(sheet))
      if (!row || row.entry.sheet !== sheet) return { undone: null, changed: [] }
      const shown = picture.sheet(sheet)
      const { draft, changed: touched } = undoDraft(row.entry, row.former, shown)
      // Neither a value of mine that waits, and so is no head, nor what I wrote over it myself is somebody else's.
      const others = touched.filter((cell) => {
        const seen = shown.cells[cell]
        return seen?.mine?.entry !== row.entry.id && !picture.row(seen?.heads[0]?.id ?? '')
      })
      if (others.length > 0 && !force) return { undone: null, changed: others }
      await add(draft, row.entry.id)
      return { undone: row.entry, changed: others }
    },
    own: () => picture.fates(),
    elsewhere: () => picture.elsewhere(),
    async dismiss(entry) {
      picture.dismiss([entry])
      changed()
      await storage.dismiss(entry)
    },
    status: () => (status ??= statusNow()),
    syncNow: () => requestSync('asked'),
    open(section) {
      const day = dayOf(meta.now(), me.zone)
      const { opened } = meta.read()
      if (opened.some((kept) => kept.section === section && kept.day === day)) return
      const today = opened.filter((kept) => kept.day === day)
      void meta.set({ opened: [...today, { section, day }] }).catch(() => {})
      requestSync('asked')
    },
    history: async (sheet, cell) => (await parts.history?.(sheet, cell)) ?? null,
    now: () => meta.now(),

    device: deviceStore({
      picture,
      storage,
      keeper,
      changed,
      meta: () => meta.read(),
      setMeta: (change) => meta.set(change),
      noteCheckpoint: (checkpoint) => meta.noteCheckpoint(checkpoint),
    }),
    meta: () => meta.read(),
    setMeta: (change) => meta.set(change),
    clock: meta.clock,
    setSync(change) {
      sync = { ...sync, ...change }
      changed()
    },
    noteContact: (contact) => meta.noteContact(contact),
    async settleContact() {
      await meta.settle(statusNow().unsent === 0)
      changed()
    },
    keepContact: () => meta.keepContact(),
    async refresh() {
      const stored = await storage.loadMeta()
      const { checkpoint } = meta.read()
      if (stored.checkpoint === checkpoint) return meta.take(stored)
      // Pages were kept that this tab has not heard of: another died before it told, or the disk took one and said no. What
      // is gone by the next contact has to be found by what lies on the disk (P-1).
      try {
        const kept: ProjectedSheet[] = []
        for await (const sheets of storage.loadSheets(dayOf(meta.now(), me.zone))) kept.push(...sheets)
        picture.setSheets(kept, [...picture.pulledIds()])
        changed()
        meta.take(await storage.loadMeta())
      } catch (error) {
        // What cannot be read keeps nothing from being sent; the former checkpoint goes with what is in memory.
        keeper.report(error)
        meta.take({ ...stored, checkpoint })
      }
    },
    takeIn(sheets) {
      // What another tab has dropped while this one was still reading stays dropped.
      const left = [...sheets].filter(({ id }) => !goneOutside.has(id))
      picture.setSheets(left, [])
      changed()
    },
    openedSections,
    async adopt(rows) {
      picture.setRows(rows)
      changed()
      for (const row of rows) await keeper.keep(row)
      requestSync('write')
    },
    settled: () => keeper.settled(),
    async close() {
      await keeper.settled()
      stopOutside()
      listeners.clear()
      await storage.close()
    },
  }
}

function atOnce(run: () => void): void {
  run()
}
