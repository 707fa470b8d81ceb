import { must } from 'shared/plain/must'
import type { Leafed, Store, StoredDocument, StoreFactory } from '../store'

/** A document of the suite: as much of a sheet as a store looks at, and as much of a session. */
export interface Sample extends StoredDocument {
  text?: string
  waiting?: boolean
  type?: string
  person?: string
  cells?: Record<string, unknown>
}

/** What the suite needs of an adapter besides the port. */
export interface Subject {
  factory: StoreFactory
  /** Adds a leaf beside those there are, as replication or a second server does. */
  plantLeaf(database: string, doc: Sample, rev: string): Promise<void>
  /** From now until the returned function is called, what is written is kept, but its answer does not come. */
  loseAnswers(): () => void
  /** The same stores after the process was closed and started again. Absent where nothing is to outlive a process. */
  reopen?(): Promise<StoreFactory>
  remove(): Promise<void>
}

/** The adapter under test, with a new database for each test. */
export class Bench {
  database = ''
  readonly subject: Subject
  factory: StoreFactory
  #store: Store<Sample> | null = null
  #count = 0

  constructor(subject: Subject) {
    this.subject = subject
    this.factory = subject.factory
  }

  get store(): Store<Sample> {
    return must(this.#store, 'a store: tests have one')
  }

  async begin(): Promise<void> {
    this.database = `journal-contract${Date.now().toString(36)}${++this.#count}-2026`
    this.#store = await this.factory.open<Sample>(this.database)
    await this.store.ensure()
  }

  async reopen(): Promise<void> {
    if (!this.subject.reopen) return
    this.factory = await this.subject.reopen()
    this.#store = await this.factory.open<Sample>(this.database)
    await this.store.ensure()
  }

  /** Creates documents, and gives their revisions. */
  async create(...docs: Sample[]): Promise<string[]> {
    const outcomes = await this.store.write(docs.map((doc) => ({ doc, rev: null })))
    return docs.map(({ _id }) => revOf(outcomes, _id))
  }

  async one(id: string): Promise<Leafed<Sample>> {
    return must((await this.store.get([id])).get(id), id)
  }
}

export function revOf(outcomes: ReadonlyMap<string, { is: string; rev?: string }>, id: string): string {
  const outcome = outcomes.get(id)
  if (outcome?.is !== 'written') throw new Error(`${id} is ${outcome?.is}`)
  return must(outcome.rev, 'rev')
}

/** Waits for news from a store: five seconds at most. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 500) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
