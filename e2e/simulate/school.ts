import type { SheetDocument } from 'shared/journal/document'
import { isDirectorySheet } from '../../sync-server/src/cache/directory-cache'
import type { Signer } from '../../sync-server/src/journal/port'
import type { PullEnvelope, PullReply } from 'shared/wire/pull'
import type { PushEnvelope, PushReply } from 'shared/wire/push'
import { answeredAs, breakPull, noteClaims, type Broken, type Claims } from './breaks'
import type { History } from './history'
import type { Interrupts } from './interrupts'
import { Past } from './past'
import { db } from './people'
import { requestTimeout } from './process-stores'
import type { SchoolStores } from './school-stores'
import { ServerProcess } from './server-process'
import type { World } from './world'

export type Answer<T> = { ok: true; body: T; epoch: string; time: number; token: string } | { ok: false }

export interface SchoolParts {
  stores: SchoolStores
  signer: Signer
  history: History
  interrupts: Interrupts
  /** How many servers. */
  size: number
  broken: Broken | null
}

/** The school's side: one or two servers of the real code over a store that outlives them. */
export class School {
  stores: SchoolStores
  readonly servers: ServerProcess[]
  /** What the servers called their operator for. */
  readonly alarms: string[] = []
  readonly past: Past
  /** How far the school's clock is off: servers find it at their start (ms). */
  clockOffset = 0
  readonly #claims: Claims = new Map()
  /** Whether the clock was ever set: moments of receipts are then no moments of the run. */
  clockWasSet = false
  readonly restores: { at: number; locals: boolean }[] = []

  constructor(readonly parts: SchoolParts) {
    const { stores, history, interrupts, signer, broken, size } = parts
    this.stores = stores
    this.past = new Past(() => this.world.now())
    this.servers = Array.from(
      { length: size },
      (_, i) =>
        new ServerProcess({
          name: `server${i}`,
          patience: size > 1 || stores.kind === 'copies' ? requestTimeout : Infinity,
          interrupts,
          history,
          signer,
          broken,
          claims: this.#claims,
          stores: () => this.stores.factory,
          offset: () => this.clockOffset,
          onAlarm: (message) => void this.alarms.push(message),
          onDirectory: (doc, asked, outcome) => {
            // What was under way when the store was set back went into the one that is gone.
            const { at } = this.restores.at(-1) ?? { at: Number.NEGATIVE_INFINITY }
            if (asked > at) this.past.write(doc, asked, outcome)
          },
        }),
    )
  }

  get world(): World {
    return this.parts.interrupts.world
  }

  async documents(): Promise<Map<string, SheetDocument>> {
    const store = await this.stores.factory.open<SheetDocument>(db)
    const ids = (await store.range('a', 'z~', 10_000)).map(({ _id }) => _id)
    return new Map([...(await store.get(ids))].map(([id, { doc }]) => [id, doc]))
  }

  /** A school that was founded before: what its directory says is known from now on. */
  async goOn(): Promise<void> {
    const docs = await this.documents()
    this.past.startFrom([...docs.values()].filter(({ _id }) => isDirectorySheet(_id)))
  }

  /** Everything stops, the store is what it was when the backup was made, and the servers start again (O3). */
  async restore(backup: SchoolStores, locals: boolean): Promise<void> {
    const { history, interrupts } = this.parts
    history.write('school', 'is set back', { locals })
    this.restores.push({ at: this.world.now(), locals })
    for (const server of this.servers) server.kill(interrupts.random.int(5_000, 60_000))
    this.stores = backup.backup(locals)
    await this.goOn()
  }

  /** The clock of the school's machines is set, and all servers start again. */
  setClock(offset: number): void {
    const { history, interrupts } = this.parts
    history.write('school', 'sets its clock', offset)
    this.clockWasSet = true
    this.clockOffset = offset
    for (const server of this.servers) server.kill(interrupts.random.int(1_000, 10_000))
  }

  push(envelope: PushEnvelope, person: string): Promise<Answer<PushReply>> {
    noteClaims(envelope, this.parts.broken, this.#claims)
    return this.#answer((server) =>
      server.ask(
        (journal) => journal.push(envelope, person),
        'server: push received',
        'server: push settled',
      ),
    )
  }

  pull(envelope: PullEnvelope, person: string): Promise<Answer<PullReply>> {
    const { broken } = this.parts
    return this.#answer((server) =>
      server.ask(
        async (journal) =>
          breakPull(await journal.pull(envelope, answeredAs(person, broken)), person, broken),
        'server: pull received',
        'server: pull read',
      ),
    )
  }

  async #answer<T>(ask: (server: ServerProcess) => Promise<T | null>): Promise<Answer<T>> {
    const { interrupts, signer } = this.parts
    const server = interrupts.random.pick(this.servers)
    const body = await ask(server)
    const { journal } = server
    if (body === null || !journal) return { ok: false }
    const time = server.now()
    return { ok: true, body, epoch: journal.epoch(), time, token: signer.timeToken(time) }
  }
}
