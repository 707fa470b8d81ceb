import type { Draft } from 'shared/journal/build'
import { makeJournal, type OpenJournal } from '../../client/src/store/journal'
import type { SyncStatus } from '../../client/src/store/port'
import { StorageTrouble, type JournalStorage } from '../../client/src/store/storage'
import type { DeviceStore, SyncApi, VerifyReceipt } from '../../client/src/sync/ports'
import type { Pump } from '../../client/src/sync/pump'
import { syncJournal } from '../../client/src/sync/sync-journal'
import { breakOutbox, breakStorage, type Broken } from './breaks'
import type { SimulatedClock } from './clock'
import { deviceStorage } from './device-storage'
import type { DeviceDisk } from './disk'
import type { History } from './history'
import type { Interrupts, Process } from './interrupts'
import type { Network } from './network'
import { meOf } from './people'

export interface DeviceParts {
  interrupts: Interrupts
  network: Network
  history: History
  clock: SimulatedClock
  disk: DeviceDisk
  broken: Broken | null
}

/** What one answer of the school brought here. */
export interface Seen {
  /** When it was asked for and when it came (ms). */
  asked: number
  came: number
  /** What the school's clock said (ms). */
  time: number
  sheets: string[]
  text: string
}

/** One person's journal on one device: the client's own store, overlay, push, pull and pump over a disk that outlives crashes. */
export class SimulatedDevice {
  /** Entries whose write the device has confirmed as durable, with the moment that their author tapped (ms). */
  readonly kept = new Map<string, number>()
  /** Everything the network ever brought here, for the check that nothing foreign was among it. */
  readonly seen: Seen[] = []
  #journal: OpenJournal | null = null
  #pump: Pump | null = null
  #life = 0
  #isOn = false
  readonly #outbox = { newest: 0, sent: new Set<string>() }

  constructor(
    readonly name: string,
    readonly person: string,
    readonly parts: DeviceParts,
  ) {}

  /** Null while it is off, or still opening. */
  get journal(): OpenJournal | null {
    return this.#journal
  }

  /** Whether it was ever on: its first sync is under way, or over. */
  get wasOn(): boolean {
    return this.#life > 0
  }

  turnOn(): void {
    if (this.#isOn) return
    this.#isOn = true
    this.#life += 1
    const life = this.#life
    const isAlive = () => this.#isOn && this.#life === life
    const opening = this.parts.disk.open()
    if (!(opening instanceof Promise)) {
      const loaded = this.parts.disk.read()
      if (!(loaded instanceof Promise)) return this.#open(opening, loaded, isAlive)
    }
    const { world } = this.parts.interrupts
    void world.await(
      (async () => {
        const storage = await opening
        const loaded = await this.parts.disk.read()
        if (isAlive()) this.#open(storage, loaded, isAlive)
      })(),
    )
  }

  #open(
    plain: JournalStorage,
    loaded: Awaited<ReturnType<DeviceDisk['read']>>,
    isAlive: () => boolean,
  ): void {
    const { interrupts, network, clock, broken } = this.parts
    const { world, random } = interrupts
    const process: Process = { name: this.name, isAlive, kill: () => this.#killed() }
    const timers = { after: (ms: number, run: () => void) => world.after(ms, () => isAlive() && run()) }
    const { rows, dismissed, meta, sheets } = loaded
    const journal = makeJournal({
      me: meOf(this.person),
      device: this.name,
      storage: breakStorage(deviceStorage(plain, process, interrupts), broken),
      clock,
      timers,
      loaded: { rows: [...rows.values()], dismissed: [...dismissed], meta },
      requestSync: (why) => this.#pump?.request(why),
    })
    journal.takeIn(sheets.values())
    this.#journal = journal
    this.#pump = syncJournal({
      journal: {
        ...journal,
        device: breakOutbox(this.#watched(journal.device, process), broken, this.#outbox),
      },
      api: this.#api(network.api(this.name, this.person, clock, isAlive), process),
      verify: this.#verify(process),
      timers,
      random: () => random.next(),
      exclusively: (run) => run(),
    })
    this.#pump.request('start')
  }

  /** The battery dies, or the browser is killed: what was not durable is gone. */
  crash(): void {
    if (!this.#isOn) return
    this.parts.history.write(this.name, 'crashes')
    this.#isOn = false
    this.#pump?.stop()
    this.#journal = null
    this.#pump = null
    this.parts.disk.cut()
    this.parts.clock.reboot()
  }

  // Killed at a point: somebody switches it on again soon.
  #killed(): void {
    this.crash()
    const { world, random } = this.parts.interrupts
    world.after(random.int(1_000, 120_000), () => this.turnOn())
  }

  meetNetwork(): void {
    this.#pump?.request('contact')
  }

  status(): SyncStatus | null {
    return this.#journal?.status() ?? null
  }

  /** Writes as a screen does; the promise is forgotten by a crash. */
  write(draft: Draft): void {
    const { history, interrupts } = this.parts
    const tapped = interrupts.world.now()
    void this.#journal?.write(draft).then(
      (entry) => {
        this.kept.set(entry.id, tapped)
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
    void this.#journal?.undo(sheet, undefined, true).then(
      ({ undone }) => history.write(this.name, 'undoes', undone?.id ?? 'nothing'),
      (error) => history.write(this.name, 'cannot undo', String(error)),
    )
  }

  #watched(device: DeviceStore, process: Process): DeviceStore {
    const { interrupts } = this.parts
    return {
      ...device,
      async unsent(limit) {
        const rows = await device.unsent(limit)
        await interrupts.pass('device: outbox read', process, () => new StorageTrouble('failed'))
        return rows
      },
    }
  }

  #verify(process: Process): VerifyReceipt {
    const { interrupts, network } = this.parts
    return async (receipt) => {
      const isSigned = network.signer.isSignedReceipt(receipt)
      try {
        await interrupts.pass('device: receipt checked', process, () => new Error('no cryptography here'))
      } catch {
        return false
      }
      return isSigned
    }
  }

  #api(api: SyncApi, process: Process): SyncApi {
    const { interrupts } = this.parts
    const { world } = interrupts
    const failed = { ok: false, failure: 'offline' } as const
    return {
      push: async (envelope) => {
        try {
          await interrupts.pass('device: push asked', process, () => new Error('no network'))
          const reply = await api.push(envelope)
          await interrupts.pass('device: push answered', process, () => new Error('no network'))
          return reply
        } catch {
          return failed
        }
      },
      pull: async (envelope) => {
        const asked = world.now()
        try {
          await interrupts.pass('device: pull asked', process, () => new Error('no network'))
          const reply = await api.pull(envelope)
          if (reply.ok) {
            const { sheets } = reply.body
            const ids = sheets.map(({ id }) => id)
            if (ids.length > 0) {
              const { time } = reply.meta.contact
              this.seen.push({ asked, came: world.now(), time, sheets: ids, text: JSON.stringify(sheets) })
            }
          }
          await interrupts.pass('device: pull answered', process, () => new Error('no network'))
          return reply
        } catch {
          return failed
        }
      },
    }
  }
}
