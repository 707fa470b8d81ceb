import type { EntryId } from 'shared/journal/ids'
import type { Disk } from '../../client/src/store/memory-storage'
import type { RunFailure } from '../../client/src/sync/run'
import { OutsideDevice } from '../outside/device'
import type { Person } from '../outside/person'
import { Patience } from '../patience'
import type { Random } from '../simulate/random'
import { someDraft } from './some-draft'

export interface WriterParts {
  person: Person
  name: string
  random: Random
  /** Where the device sends its requests, when not straight to the server. */
  through?: string
  /** ms between two entries, at most. */
  pause?: number
  /** ms that the device's clock is off. */
  offset?: number
  /** How often it writes on the last lesson of all, of 1. */
  recently?: number
  /** What an earlier life left. */
  disk?: Disk
}

/** The same disk as it is now: what is written to the one from now on is not on the other. */
export function copyOf({ rows, dismissed, sheets, meta }: Disk): Disk {
  return {
    rows: new Map(rows),
    dismissed: new Set(dismissed),
    sheets: new Map(sheets),
    meta: { ...meta },
  }
}

/** A teacher who writes all the time on a device that sends all the time, and that dies now and then. */
export class Writer {
  /** Entries that this device ever confirmed as durable, in any of its lives. */
  readonly kept = new Set<EntryId>()
  /** Called as a push leaves the device; the answer may never come. */
  onPush: () => void = () => {}
  /** Pushes under way. */
  pushing = 0
  deaths = 0
  /** How pushes were answered: by status, 0 where no answer came. */
  readonly answers = new Map<number, number>()
  #device: OutsideDevice
  #alive = new AbortController()
  #writing: Promise<void> | null = null
  #stopped = true

  constructor(readonly parts: WriterParts) {
    this.#device = this.#born(parts.disk)
    for (const id of parts.disk?.rows.keys() ?? []) this.kept.add(id)
  }

  get name(): string {
    return this.parts.name
  }

  get person(): string {
    return this.parts.person.session.person
  }

  get disk(): Disk {
    return this.#device.disk
  }

  get device(): OutsideDevice {
    return this.#device
  }

  get unsent(): number {
    return this.#device.journal.status().unsent
  }

  isSent(id: EntryId): boolean {
    return Boolean(this.disk.rows.get(id)?.receipt)
  }

  sync(): Promise<RunFailure> {
    return this.#device.sync()
  }

  /** One entry, durable when this resolves. */
  async write(): Promise<EntryId> {
    const { journal } = this.#device
    const { id } = await journal.write(someDraft(journal, this.parts.random, this.parts.recently))
    this.kept.add(id)
    return id
  }

  /** Writes and sends until `stop`. */
  start(): void {
    if (!this.#stopped) return
    this.#stopped = false
    this.#writing = this.#work()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#writing
  }

  /** The battery dies in the middle of whatever it is: what is not on the disk is forgotten. It is charged again. */
  die(): void {
    this.deaths += 1
    this.#device.stop()
    // What comes in for the dead one is nobody's: it must not reach the disk that the next life starts from.
    const left = copyOf(this.#device.disk)
    this.#alive.abort()
    this.#alive = new AbortController()
    this.#device = this.#born(left)
  }

  #born(disk?: Disk): OutsideDevice {
    const { person, name, through, offset } = this.parts
    const alive = this.#alive.signal
    const fetch: Person['fetch'] = async (input, init = {}) => {
      const isPush = String(input instanceof Request ? input.url : input).endsWith('/api/push')
      if (isPush) {
        this.pushing += 1
        this.onPush()
      }
      let status = 0
      try {
        const signal = init.signal ? AbortSignal.any([alive, init.signal]) : alive
        const reply = await person.fetch(input, { ...init, signal })
        ;({ status } = reply)
        return reply
      } finally {
        if (isPush) {
          this.pushing -= 1
          this.answers.set(status, (this.answers.get(status) ?? 0) + 1)
        }
      }
    }
    return new OutsideDevice({
      person: { url: person.url, session: person.session, cookie: person.cookie, ask: person.ask, fetch },
      name,
      ...(disk ? { disk } : {}),
      ...(through ? { through } : {}),
      ...(offset ? { offset } : {}),
    })
  }

  async #work(): Promise<void> {
    const { random, pause = 400 } = this.parts
    while (!this.#stopped) {
      for (let left = random.int(1, 3); left > 0; left -= 1) await this.write()
      // As a browser does that sees the network come and go: each attempt is made, none is waited for.
      this.#device.pump.request('contact')
      await new Promise((resolve) => setTimeout(resolve, random.int(pause / 8, pause)))
    }
  }
}

/** Syncs all until each has sent everything and has everything new; the ms it took, or null when it never came to rest. */
export async function quieten(writers: readonly Writer[], most = 120_000): Promise<number | null> {
  const began = Date.now()
  const patience = new Patience(most, 10_000)
  for (let calm = 0; patience.isLeft();) {
    const failures = await Promise.all(writers.map((writer) => writer.sync()))
    const isQuiet =
      failures.every((failure) => failure === null) && writers.every(({ unsent }) => unsent === 0)
    calm = isQuiet ? calm + 1 : 0
    // In the second turn each has heard what the others sent in the first.
    if (calm === 2) return Date.now() - began
    if (!isQuiet) await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return null
}
