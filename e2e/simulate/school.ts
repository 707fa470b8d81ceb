import { openJournal } from '../../sync-server/src/journal/open-journal'
import type { ServerJournal, Signer } from '../../sync-server/src/journal/port'
import { makeMemoryStores, type MemoryStores } from '../../sync-server/src/store/memory'
import { StoreUnavailable } from '../../sync-server/src/store/store'
import type { PullEnvelope, PullReply } from 'shared/wire/pull'
import type { PushEnvelope, PushReply } from 'shared/wire/push'
import { answeredAs, breakStores, type Broken } from './breaks'
import type { History } from './history'
import { db, foundingEntries } from './people'
import type { Random } from './random'
import { slowStores } from './slow-stores'
import type { World } from './world'

export type Answer<T> = { ok: true; body: T; epoch: string; time: number; token: string } | { ok: false }

export interface SchoolFaults {
  /** Chances that a write meets a concurrent one, that its answer is lost though it is kept, that it is lost. */
  conflict: number
  uncertainKept: number
  uncertainLost: number
  unavailable: number
}

/** The school's side: one or two servers of the real code over one store in memory that outlives them. */
export const noSchoolFaults: SchoolFaults = {
  conflict: 0,
  uncertainKept: 0,
  uncertainLost: 0,
  unavailable: 0,
}

export class School {
  readonly stores: MemoryStores
  faults: SchoolFaults = noSchoolFaults
  /** What the servers called their operator for. Nothing in a run is reason enough: no store is ever set back. */
  readonly alarms: string[] = []
  #servers: (ServerJournal | null)[] = []

  constructor(
    readonly world: World,
    readonly random: Random,
    readonly signer: Signer,
    readonly history: History,
    readonly size: number,
    readonly broken: Broken | null,
  ) {
    this.stores = makeMemoryStores({
      onWrite: (database, { doc }) => {
        if (!database.startsWith('journal-') || !doc._id.includes(':')) return null
        const { conflict, uncertainKept, uncertainLost, unavailable } = this.faults
        if (random.chance(unavailable)) throw new StoreUnavailable('the store is away')
        if (random.chance(conflict)) return 'conflict'
        if (random.chance(uncertainKept)) return 'uncertain-kept'
        return random.chance(uncertainLost) ? 'uncertain-lost' : null
      },
    })
  }

  async found(): Promise<void> {
    for (let i = 0; i < this.size; i += 1) this.#servers.push(null)
    await this.start(0)
    await this.#servers[0]?.found(foundingEntries())
    for (let i = 1; i < this.size; i += 1) await this.start(i)
  }

  async start(index: number): Promise<void> {
    const { world, random, signer, history } = this
    const tell = (level: 'warn' | 'error') => (fields: object, message: string) => {
      if (level === 'error') this.alarms.push(message)
      history.write(`server${index}`, `${level}: ${message}`, fields)
    }
    this.#servers[index] = await openJournal({
      stores: breakStores(slowStores(this.stores, world, random), this.broken),
      db,
      signer,
      now: () => world.now(),
      random: () => random.next(),
      schedule: (ms, task) => world.after(ms, task),
      log: { info: () => {}, warn: tell('warn'), error: tell('error') },
    })
  }

  /** The process dies: what it had in memory is gone, what it was doing may or may not have reached the store. */
  async crash(index: number): Promise<void> {
    const server = this.#servers[index]
    this.#servers[index] = null
    this.history.write(`server${index}`, 'crashes')
    await server?.close()
  }

  push(envelope: PushEnvelope, person: string): Promise<Answer<PushReply>> {
    return this.#ask((server) => server.push(envelope, person))
  }

  pull(envelope: PullEnvelope, person: string): Promise<Answer<PullReply>> {
    return this.#ask((server) => server.pull(envelope, answeredAs(person, this.broken)))
  }

  async #ask<T>(act: (server: ServerJournal) => Promise<T>): Promise<Answer<T>> {
    const index = this.random.int(0, this.size - 1)
    const server = this.#servers[index]
    if (!server) return { ok: false }
    try {
      const body = await act(server)
      // An answer of a server that died meanwhile never left it.
      if (this.#servers[index] !== server) return { ok: false }
      const time = this.world.now()
      return { ok: true, body, epoch: server.epoch(), time, token: this.signer.timeToken(time) }
    } catch (error) {
      if (error instanceof StoreUnavailable) return { ok: false }
      this.history.write(`server${index}`, 'fails', String(error))
      throw error
    }
  }

  get servers(): readonly (ServerJournal | null)[] {
    return this.#servers
  }
}
