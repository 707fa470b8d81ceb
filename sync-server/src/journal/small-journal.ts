import type { SheetDocument } from 'shared/journal/document'
import type { Entry } from 'shared/journal/entry'
import type { Json } from 'shared/plain/json'
import type { Receipt } from 'shared/journal/receipt'
import { anEntry, cellsOfSmallSchool, db } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import type { RightOfWay } from '../http/right-of-way'
import { makeMemoryStores, type MemoryStores } from '../store/memory'
import type { AnchorFile } from './anchors'
import { openJournal, type OpenJournal } from './open-journal'
import type { Founded, Signer } from './port'
import type { Schedule } from './schedule'
import { makeSigner, newPrivateKey } from './signer'

/** 16 September 2026, 09:40 in Moscow: the second lesson is on. */
export const lessonTime = Date.parse('2026-09-16T06:40:00Z')

/** A clock that tests move, and the tasks that wait for it. */
export interface TestClock {
  now: number
  schedule: Schedule
  /** Moves on by so many ms, running what falls due. */
  pass(ms: number): Promise<void>
}

export function makeTestClock(start = lessonTime): TestClock {
  let tasks: { at: number; task: () => void }[] = []
  const clock: TestClock = {
    now: start,
    schedule: (ms, task) => {
      const waiting = { at: clock.now + ms, task }
      tasks.push(waiting)
      return () => void (tasks = tasks.filter((other) => other !== waiting))
    },
    async pass(ms) {
      const end = clock.now + ms
      for (;;) {
        await settled()
        const due = tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        tasks = tasks.filter((other) => other !== due)
        clock.now = Math.max(clock.now, due.at)
        due.task()
      }
      clock.now = end
      await settled()
    },
  }
  return clock
}

/** Every promise that can settle has settled. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export interface SmallJournal extends OpenJournal {
  stores: MemoryStores
  clock: TestClock
  signer: Signer
  alarms: string[]
  /** Another server over the same store, or over stores put in its place. */
  beside(stores?: MemoryStores): Promise<SmallJournal>
  /** Pushes as their author; one receipt an entry. */
  send(...entries: Entry[]): Promise<Receipt[]>
  /** The office changes one cell of a directory sheet, on top of what stands there. */
  office(sheet: string, cell: string, value: Json): Promise<Receipt>
}

interface Options {
  stores?: MemoryStores
  clock?: TestClock
  signer?: Signer
  anchors?: AnchorFile
  way?: RightOfWay
  /** Cells set away from the small school's own. */
  changes?: Record<string, Record<string, Json>>
  /** Leaves the store as it is. */
  found?: boolean
}

/** The small school's journal in memory, with a clock that tests move. */
export async function smallJournal(options: Options = {}): Promise<SmallJournal> {
  const {
    stores = makeMemoryStores(),
    clock = makeTestClock(),
    signer = makeSigner(newPrivateKey()),
  } = options
  const alarms: string[] = []
  const log = {
    info: () => {},
    warn: (_fields: object, message: string) => void alarms.push(message),
    error: (_fields: object, message: string) => void alarms.push(message),
  }
  const { anchors, way } = options
  const journal = await openJournal({
    stores,
    db,
    signer,
    now: () => clock.now,
    elapsed: () => clock.now,
    random: Math.random,
    schedule: clock.schedule,
    log,
    ...(anchors ? { anchors } : {}),
    ...(way ? { way } : {}),
  })
  if (options.found !== false) await journal.found(foundingEntries(options.changes))
  const send = async (...entries: Entry[]) => {
    const author = must(entries[0], 'an entry').author
    return (await journal.push({ entries }, author)).receipts
  }
  const headsOf = async (sheet: string, cell: string) => {
    const store = await stores.open<SheetDocument>(db)
    return (await store.get([sheet])).get(sheet)?.doc.cells[cell]?.heads.map(({ id }) => id) ?? []
  }
  return {
    ...journal,
    stores,
    clock,
    signer,
    alarms,
    beside: (other = stores) => smallJournal({ ...options, stores: other, clock, signer, found: false }),
    send,
    async office(sheet, cell, value) {
      const [receipt] = await send(officeEntry(sheet, cell, value, await headsOf(sheet, cell)))
      return must(receipt, 'a receipt')
    },
  }
}

/** The small school as entries: what set-up brings. */
export function foundingEntries(changes: Record<string, Record<string, Json>> = {}): Founded[] {
  return Object.entries(cellsOfSmallSchool).map(([sheet, cells]) => {
    const set = Object.entries({ ...cells, ...changes[sheet] })
    const entry = anEntry({
      sheet,
      kind: 'keep-directory',
      author: 'a1',
      changes: set.map(([cell, value]) => ({ cell, value, base: [] })),
    })
    return { entry, received: Date.parse('2026-08-25T09:00:00Z') }
  })
}

/** The office sets one cell of a directory sheet. */
export function officeEntry(sheet: string, cell: string, value: Json, base: string[] = []): Entry {
  return anEntry({ sheet, kind: 'keep-directory', author: 'a1', cell, value, base })
}
