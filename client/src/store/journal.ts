import { dayOf } from 'shared/calendar/zone'
import { makeEntry, undoDraft, type Draft } from 'shared/journal/build'
import type { Entry } from 'shared/journal/entry'
import { guessMade, type Contact, type Made } from 'shared/journal/made'
import type { ShownSheet } from 'shared/journal/overlay'
import type { HistoryReply } from 'shared/wire/history'
import { must } from 'shared/plain/must'
import type { Json } from 'shared/plain/json'
import type { DeviceClock, DeviceStore } from '../sync/ports'
import { browserTimers, type Timers } from '../sync/timers'
import { deviceStore } from './device-store'
import { keepRows } from './keep-rows'
import { judgeHere } from './own-judge'
import { makePicture } from './picture'
import type { Journal, Me, SyncStatus } from './port'
import { readStatus } from './status'
import { emptyMeta, type EntryRow, type JournalStorage, type StoredMeta } from './storage'

export interface JournalParts {
  me: Me
  /** Names this device in entries. */
  device: string
  storage: JournalStorage
  clock: DeviceClock
  timers?: Timers
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
  /** Reads again what another tab may have changed. */
  refresh(): Promise<void>
  /** Takes in sheets that the storage held, as they are read. */
  takeIn(sheets: Parameters<ReturnType<typeof makePicture>['setSheets']>[0]): void
  openedSections(): string[]
  /** Takes over rows of a former vault of the same person. */
  adopt(rows: readonly EntryRow[]): Promise<void>
  close(): Promise<void>
}

/** One person's journal over a storage: reading from memory, writing to memory first and then to disk. */
export function makeJournal(parts: JournalParts): OpenJournal {
  const { me, storage, clock, requestSync = () => {}, timers = browserTimers } = parts
  const picture = makePicture()
  const listeners = new Set<() => void>()
  const goneOutside = new Set<string>()
  let meta: StoredMeta = parts.loaded?.meta ?? emptyMeta
  let sync: Pick<SyncStatus, 'state' | 'progress'> = { state: 'idle', progress: null }
  let jumpsAtContact = meta.jumpsSettled
  let revision = 0
  let status: SyncStatus | null = null

  picture.setRows(parts.loaded?.rows ?? [])
  picture.dismiss(parts.loaded?.dismissed ?? [])

  function changed(): void {
    revision += 1
    status = null
    for (const listener of listeners) listener()
  }
  // Another tab's contact was made by another page's clocks; the later one says more.
  function takeMeta(stored: StoredMeta): void {
    const ours = meta.contact
    const contact = ours && ours.time >= (stored.contact?.time ?? 0) ? ours : stored.contact
    meta = { ...stored, contact }
  }
  const keeper = keepRows(storage, timers, changed)

  const stopOutside = storage.onOutside((outside) => {
    picture.setRows(outside.rows)
    picture.dismiss(outside.dismissed)
    picture.setSheets(outside.sheets, outside.gone)
    for (const id of outside.gone) goneOutside.add(id)
    for (const { id } of outside.sheets) goneOutside.delete(id)
    if (outside.meta) takeMeta(outside.meta)
    changed()
    if (outside.rows.some(({ receipt }) => !receipt)) requestSync('write')
  })

  function madeNow(): Made {
    return { clock: readClock(), contact: meta.contact }
  }
  function readClock() {
    const reading = clock.read()
    return { ...reading, jumps: Math.max(0, reading.jumps - meta.jumpsSettled) }
  }
  function now(): number {
    return guessMade(madeNow())
  }

  function compose(draft: Draft) {
    const shown = picture.sheet(draft.sheet)
    const writer = {
      db: me.db,
      author: me.person,
      device: parts.device,
      n: picture.lastN() + 1,
      made: madeNow(),
    }
    const entry = makeEntry(draft, shown, writer)
    const cellsOfOwn = (id: string) => picture.row(id)?.entry.changes.map(({ cell }) => cell) ?? null
    const judgement = judgeHere(entry, { directory: picture.directory(), shown, now: now(), cellsOfOwn })
    return { entry, shown, judgement }
  }

  async function add(draft: Draft, undoes: string | null): Promise<Entry> {
    const { entry, shown, judgement } = compose(draft)
    const former = formerOf(entry, shown)
    const row: EntryRow = { entry, receipt: null, capacity: judgement.capacity, former, undoes }
    picture.setRows([row])
    changed()
    try {
      await keeper.keep(row)
    } finally {
      // What the disk would not take is safest at the school.
      requestSync('write')
    }
    return entry
  }

  async function setMeta(change: Partial<StoredMeta>): Promise<void> {
    meta = { ...meta, ...change }
    try {
      await storage.changeMeta(change)
    } catch (error) {
      keeper.report(error)
      throw error
    }
  }

  function openedSections(): string[] {
    const today = dayOf(now(), me.zone)
    return meta.opened.filter(({ day }) => day === today).map(({ section }) => section)
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
    async dismiss(entry) {
      picture.dismiss([entry])
      changed()
      await storage.dismiss(entry)
    },
    status: () =>
      (status ??= readStatus(picture, { ...sync, lastSync: meta.lastSync, storage: keeper.trouble() })),
    syncNow: () => requestSync('asked'),
    open(section) {
      const day = dayOf(now(), me.zone)
      if (meta.opened.some((opened) => opened.section === section && opened.day === day)) return
      const opened = [...meta.opened.filter((kept) => kept.day === day), { section, day }]
      void setMeta({ opened }).catch(() => {})
      requestSync('asked')
    },
    history: async (sheet, cell) => (await parts.history?.(sheet, cell)) ?? null,
    now,

    device: deviceStore({ picture, storage, keeper, changed, meta: () => meta, setMeta }),
    meta: () => meta,
    setMeta,
    clock: { read: readClock },
    setSync(change) {
      sync = { ...sync, ...change }
      changed()
    },
    noteContact(contact) {
      jumpsAtContact = clock.read().jumps
      meta = { ...meta, contact }
    },
    async settleContact() {
      const { unsent } = readStatus(picture, { ...sync, lastSync: null, storage: 'ok' })
      const { contact, jumpsSettled } = meta
      // Not while an entry is here that may have been made before the clock went back: the proof would be lost (T2).
      const jumps = unsent === 0 ? jumpsAtContact : jumpsSettled
      await setMeta({ contact, lastSync: contact?.time ?? null, jumpsSettled: jumps })
      changed()
    },
    async refresh() {
      takeMeta(await storage.loadMeta())
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
    async close() {
      await keeper.settled()
      stopOutside()
      listeners.clear()
      await storage.close()
    },
  }
}

function formerOf(entry: Entry, shown: ShownSheet): Record<string, Json> {
  const former: Record<string, Json> = {}
  for (const { cell } of entry.changes) {
    const seen = shown.cells[cell]
    former[cell] = (seen?.mine?.state === 'waiting' ? seen.mine.value : seen?.value) ?? null
  }
  return former
}

/** The last own entry that is no undo and has not been undone. */
function lastToUndo(rows: readonly EntryRow[]): EntryRow | null {
  const undone = new Set(rows.map(({ undoes }) => undoes))
  const left = rows.filter(({ entry, undoes }) => undoes === null && !undone.has(entry.id))
  return left.length > 0 ? must(left.at(-1), 'the last entry') : null
}
