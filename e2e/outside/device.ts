import { randomUUID } from 'node:crypto'
import { makeJournal, type OpenJournal } from '../../client/src/store/journal'
import { emptyDisk, memoryStorage, type Disk } from '../../client/src/store/memory-storage'
import { makeApi } from '../../client/src/sync/api'
import { deviceClock } from '../../client/src/sync/device-clock'
import type { DeviceClock } from '../../client/src/sync/ports'
import type { Pump } from '../../client/src/sync/pump'
import type { RunFailure } from '../../client/src/sync/run'
import { syncJournal } from '../../client/src/sync/sync-journal'
import { browserTimers } from '../../client/src/sync/timers'
import { verifyReceipts } from '../../client/src/sync/verify'
import type { Person } from './person'

export interface DeviceParts {
  person: Person
  name: string
  /** What an earlier life of this device left: a device that was killed is a new one over the same disk. */
  disk?: Disk
  /** Where the device sends its requests, when not straight to the server: a proxy that does harm. */
  through?: string
  /** ms to add to the real clock. */
  offset?: number
}

/**
 * One device without a browser: the client's own journal, overlay, push, pull and pump over a disk in memory, against a
 * real server process over the network.
 */
export class OutsideDevice {
  readonly disk: Disk
  readonly journal: OpenJournal
  readonly pump: Pump
  /** Ids of entries whose write this device has confirmed as durable. */
  readonly kept = new Set<string>()
  readonly #clock: DeviceClock

  constructor({ person, name, disk = emptyDisk(), through, offset = 0 }: DeviceParts) {
    this.disk = disk
    this.#clock = clockOf(offset)
    const { rows, dismissed, meta } = disk
    this.journal = makeJournal({
      me: person.session,
      device: name,
      storage: memoryStorage(disk),
      clock: this.#clock,
      loaded: { rows: [...rows.values()], dismissed: [...dismissed], meta },
    })
    this.journal.takeIn(disk.sheets.values())
    this.pump = syncJournal({
      journal: this.journal,
      api: makeApi({
        fetch: person.fetch,
        read: () => this.#clock.read(),
        base: `${through ?? person.url}/api`,
      }),
      verify: verifyReceipts(person.session.key),
      timers: browserTimers,
      random: Math.random,
      exclusively: async (run) => (this.#last = await run()),
    })
  }

  #last: RunFailure = null

  /** Writes as a screen does; resolves when it is durable. */
  async write(draft: Parameters<OpenJournal['write']>[0]): Promise<string> {
    const { id } = await this.journal.write(draft)
    this.kept.add(id)
    return id
  }

  /** One sync now: null when everything is at the school and everything new is here. */
  async sync(): Promise<RunFailure> {
    this.pump.request('asked')
    await this.pump.settled()
    return this.#last
  }

  /** The battery dies. What is on `disk` is what the next device over it finds. */
  stop(): void {
    this.pump.stop()
  }
}

function clockOf(offset: number): DeviceClock {
  let kept: string | null = null
  return deviceClock({
    wall: () => Date.now() + offset,
    mono: () => performance.now(),
    boot: randomUUID(),
    memory: { read: () => kept, write: (text) => void (kept = text) },
  })
}
