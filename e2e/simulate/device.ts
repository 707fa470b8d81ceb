import { lessonId } from 'shared/journal/ids'
import type { Draft } from 'shared/journal/build'
import type { Json } from 'shared/plain/json'
import { makeJournal, type OpenJournal } from '../../client/src/store/journal'
import { emptyDisk, memoryStorage, type Disk } from '../../client/src/store/memory-storage'
import type { JournalStorage } from '../../client/src/store/storage'
import type { Pump } from '../../client/src/sync/pump'
import type { SyncApi } from '../../client/src/sync/ports'
import { syncJournal } from '../../client/src/sync/sync-journal'
import { breakOutbox, breakStorage, type Broken } from './breaks'
import type { SimulatedClock } from './clock'
import type { History } from './history'
import type { Network } from './network'
import { meOf } from './people'
import type { Random } from './random'
import type { World } from './world'

interface Parts {
  world: World
  random: Random
  network: Network
  history: History
  clock: SimulatedClock
  broken: Broken | null
}

/** One person's journal on one device: the client's own store, overlay, push, pull and pump over a disk that outlives crashes. */
export class SimulatedDevice {
  readonly disk: Disk = emptyDisk()
  /** Ids of entries whose write the device has confirmed as durable. */
  readonly kept = new Set<string>()
  /** Everything the network ever brought here, for the check that nothing foreign was among it. */
  readonly seen: string[] = []
  #journal: OpenJournal | null = null
  #pump: Pump | null = null
  #life = 0
  readonly #outbox = { newest: 0, sent: new Set<string>() }

  constructor(
    readonly name: string,
    readonly person: string,
    readonly parts: Parts,
  ) {}

  get isOn(): boolean {
    return this.#journal !== null
  }

  get journal(): OpenJournal {
    if (!this.#journal) throw new Error(`${this.name} is off`)
    return this.#journal
  }

  turnOn(): void {
    if (this.#journal) return
    const { world, random, network, clock, broken } = this.parts
    this.#life += 1
    const life = this.#life
    const isAlive = () => this.#life === life
    const timers = { after: (ms: number, run: () => void) => world.after(ms, () => isAlive() && run()) }
    const { rows, dismissed, meta } = this.disk
    const journal = makeJournal({
      me: meOf(this.person),
      device: this.name,
      storage: breakStorage(this.#storage(isAlive), broken),
      clock,
      timers,
      loaded: { rows: [...rows.values()], dismissed: [...dismissed], meta },
      requestSync: (why) => this.#pump?.request(why),
    })
    journal.takeIn(this.disk.sheets.values())
    this.#journal = journal
    this.#pump = syncJournal({
      journal: { ...journal, device: breakOutbox(journal.device, broken, this.#outbox) },
      api: this.#watched(network.api(this.name, this.person, clock, isAlive)),
      verify: async (receipt) => network.school.signer.isSignedReceipt(receipt),
      timers,
      random: () => random.next(),
      exclusively: (run) => run(),
    })
    this.#pump.request('start')
  }

  /** The battery dies, or the browser is killed: what was not durable is gone. */
  crash(): void {
    if (!this.#journal) return
    this.parts.history.write(this.name, 'crashes')
    this.#life += 1
    this.#pump?.stop()
    this.#journal = null
    this.#pump = null
    this.parts.clock.reboot()
  }

  meetNetwork(): void {
    this.#pump?.request('contact')
  }

  /** Writes as a screen does; the promise is forgotten by a crash. */
  write(draft: Draft): void {
    const { history } = this.parts
    void this.journal.write(draft).then(
      (entry) => {
        this.kept.add(entry.id)
        history.write(this.name, 'keeps', [
          entry.id,
          entry.sheet,
          entry.changes.map(({ cell, value }) => [cell, value]),
        ])
      },
      (error) => history.write(this.name, 'cannot keep', String(error)),
    )
  }

  undo(sheet: string): void {
    const { history } = this.parts
    void this.journal.undo(sheet, undefined, true).then(
      ({ undone }) => history.write(this.name, 'undoes', undone?.id ?? 'nothing'),
      (error) => history.write(this.name, 'cannot undo', String(error)),
    )
  }

  // Each write takes its time; a device that dies before the end has not written.
  #storage(isAlive: () => boolean): JournalStorage {
    const { world, random } = this.parts
    const plain = memoryStorage(this.disk)
    const slow = async (act: () => Promise<void>, most = 12) => {
      await world.sleep(random.int(0, most))
      if (!isAlive()) return new Promise<void>(() => {})
      return act()
    }
    return {
      ...plain,
      addRow: (row) => slow(() => plain.addRow(row)),
      keepReceipts: (rows) => slow(() => plain.keepReceipts(rows)),
      dismiss: (entry) => slow(() => plain.dismiss(entry)),
      putSheets: (sheets, gone) => slow(() => plain.putSheets(sheets, gone), 400),
      changeMeta: (change) => slow(() => plain.changeMeta(change)),
    }
  }

  #watched(api: SyncApi): SyncApi {
    return {
      push: (envelope) => api.push(envelope),
      pull: async (envelope) => {
        const reply = await api.pull(envelope)
        if (reply.ok) this.seen.push(JSON.stringify(reply.body.sheets))
        return reply
      },
    }
  }
}

const day = '2026-09-16'
/** Few lessons and cells, so that people meet in them. */
const lessons: Record<string, string[]> = {
  t1: [lessonId('m5', day, 2), lessonId('m5', '2026-09-17', 2)],
  t2: [lessonId('m5', day, 2), lessonId('e5a', day, 1)],
  t3: [lessonId('e5a', day, 1), lessonId('m5', day, 2)],
  t5: [lessonId('m1', day, 1)],
}
const students = ['s1', 's2', 's3']
const salt = 'AAAAAAAAAAAAAAAAAAAAAA'

/** Something that this person might do now, sensible or not. */
export function someDraft(person: string, random: Random): Draft {
  if (person === 'd1') return substitution(random)
  const sheet = random.pick(lessons[person] ?? [lessonId('m5', day, 2)])
  const student = sheet.includes(':m1:') ? 's9' : random.pick(students)
  const set = (kind: Draft['kind'], cell: string, value: Json): Draft => ({
    sheet,
    kind,
    set: [{ cell, value }],
  })
  switch (random.int(0, 9)) {
    case 0:
    case 1:
    case 2:
      return set('set-mark', `mark:answer:${student}`, random.pick(['5', '4', '3', '2', null, '6', 'н/а']))
    case 3:
      return set('set-attendance', `absence:${student}`, random.pick(['absent', 'late', null]))
    case 4:
      return set('set-attendance', `reason:${student}`, random.pick(['ill', 'excused', 'unexcused', null]))
    case 5:
      return {
        sheet,
        kind: 'take-attendance',
        set: [
          { cell: 'taken', value: true },
          ...students.map((id) => ({ cell: `absence:${id}`, value: null })),
        ],
      }
    case 6:
      return set('set-topic', 'topic', { text: `Тема ${random.int(1, 9)}`, salt })
    case 7:
      return set(
        'set-homework',
        'homework',
        random.chance(0.3) ? { none: true } : { text: { text: '№ 5', salt } },
      )
    case 8:
      return random.chance(0.5)
        ? set('set-column', `column:k${random.int(1, 2)}`, { type: 'control', title: null, weight: 1 })
        : set('set-mark', `mark:k${random.int(1, 2)}:${student}`, random.pick(['5', '3']))
    default: {
      const to = random.pick(['family', 'staff'])
      return set('set-remark', `remark:${student}:r${random.int(1, 3)}`, {
        to,
        text: { text: `${to} ${student}`, salt },
      })
    }
  }
}

// The deputy gives tomorrow's or today's mathematics to a substitute, takes it back, or cancels it.
function substitution(random: Random): Draft {
  const date = random.pick([day, '2026-09-17'])
  const value = random.pick<Json>([
    { teacher: 't3', cancelled: false, room: null },
    { teacher: null, cancelled: true, room: null },
    null,
  ])
  return {
    sheet: 'timetable:c5a',
    kind: 'keep-directory',
    set: [{ cell: `substitution:m5:${date}:2`, value }],
  }
}
