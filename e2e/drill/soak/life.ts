import type { Random } from '../../simulate/random'
import { OutsideDevice } from '../../outside/device'
import { Person, type SignInAs } from '../../outside/person'
import type { Latencies } from './latencies'
import { somethingToWrite } from './writing'

export interface Written {
  id: string
  sheet: string
  cell: string
}

export interface LifeParts {
  signIn: SignInAs
  random: Random
  latencies: Latencies
  /** ms between what a teacher writes on one device, about. */
  every: number
  /** ms to add to this machine's clock for the school's. */
  offset: number
}

const reconnectAfter = 5_000
const onFor = 240_000
const offFor = 30_000

/** A device as somebody carries it through a day: it writes now and then, listens for news, loses the network and finds it. */
export class Life {
  readonly device: OutsideDevice
  readonly written: Written[] = []
  readonly #random: Random
  readonly #every: number
  #isOn = true
  #ended = false
  #stream: AbortController | null = null
  readonly #timers = new Set<NodeJS.Timeout>()

  private constructor(
    readonly person: Person,
    { signIn, random, every, offset, latencies }: LifeParts,
  ) {
    this.#random = random
    this.#every = every
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (!this.#isOn) throw new TypeError('no network')
      return latencies.timed(input instanceof Request ? input.url : input.toString(), () =>
        person.fetch(input, init),
      )
    }
    const gated = Object.assign(Object.create(Person.prototype) as Person, person, { fetch })
    this.device = new OutsideDevice({ person: gated, name: signIn.device, offset })
  }

  static async begin(parts: LifeParts): Promise<Life> {
    return new Life(await Person.signIn(parts.signIn), parts)
  }

  /** From the first sync on it lives by itself, until `end`. */
  async start(): Promise<void> {
    await this.device.sync()
    void this.#listen()
    this.#again(onFor, () => this.#loseNetwork())
    if (this.device.journal.me.roles.includes('teacher')) this.#again(this.#every, () => this.#write())
  }

  get isOn(): boolean {
    return this.#isOn
  }

  async #write(): Promise<void> {
    const { journal, pump } = this.device
    const draft = somethingToWrite(journal, this.#random)
    if (draft) {
      const id = await this.device.write(draft)
      for (const { cell } of draft.set.slice(0, 1)) this.written.push({ id, sheet: draft.sheet, cell })
      pump.request('write')
    }
    this.#again(this.#every, () => this.#write())
  }

  async #loseNetwork(): Promise<void> {
    this.#isOn = false
    this.#stream?.abort()
    this.#again(offFor, () => this.#findNetwork())
  }

  async #findNetwork(): Promise<void> {
    this.#isOn = true
    this.device.pump.request('contact')
    void this.#listen()
    this.#again(onFor, () => this.#loseNetwork())
  }

  /** What the client's EventSource does: reads, and comes again after a while when it breaks off. */
  async #listen(): Promise<void> {
    const stream = new AbortController()
    this.#stream = stream
    try {
      const reply = await this.person.fetch('/api/stream', { signal: stream.signal })
      if (reply.ok && reply.body) {
        for await (const part of reply.body)
          if (Buffer.from(part as Uint8Array).includes('event: news')) this.device.pump.request('news')
      }
    } catch {
      // Broken off: by us, by a restart, by the network.
    }
    if (!this.#ended && this.#isOn && this.#stream === stream)
      this.#after(reconnectAfter, () => this.#listen())
  }

  /** At some moment around `ms` from now. */
  #again(ms: number, run: () => Promise<void>): void {
    this.#after(ms * (0.5 + this.#random.next()), run)
  }

  #after(ms: number, run: () => Promise<void>): void {
    if (this.#ended) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void run()
    }, ms)
    this.#timers.add(timer)
  }

  /** Writes no more and listens no more, and has a network; what is unsent can be sent. */
  rest(): void {
    this.#ended = true
    this.#isOn = true
    this.#stream?.abort()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  end(): void {
    this.rest()
    this.device.stop()
  }
}
