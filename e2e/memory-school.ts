import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Entry } from 'shared/journal/entry'
import { makeEntry, type Draft } from 'shared/journal/build'
import type { Receipt } from 'shared/journal/receipt'
import { must } from 'shared/plain/must'
import type { AccountsDocument } from '../sync-server/src/accounts/documents'
import { makeHasher } from '../sync-server/src/accounts/password-hash'
import { makeApp } from '../sync-server/src/app'
import { openJournal, type OpenJournal } from '../sync-server/src/journal/open-journal'
import { realSchedule } from '../sync-server/src/journal/schedule'
import { makeSigner, newPrivateKey } from '../sync-server/src/journal/signer'
import { foundDemo } from '../sync-server/src/start/found-demo'
import { makeJournals } from '../sync-server/src/start/journals'
import { listen } from '../sync-server/src/start/listen'
import { makeMemoryStores, type MemoryStores } from '../sync-server/src/store/memory'
import type { Store, StoredDocument, StoreFactory, Write } from '../sync-server/src/store/store'

const root = new URL('..', import.meta.url).pathname
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Called between what a server has read and what it writes. */
export type BeforeWrite = (writes: readonly Write<StoredDocument>[]) => Promise<void>

/**
 * The fixture school in this very process, over a store in memory: the same app, journals and application as the built
 * product, where a story reaches between a server and its store.
 */
export class MemorySchool {
  readonly #journals: OpenJournal[] = []
  #n = 0

  private constructor(
    readonly url: string,
    readonly db: string,
    /** The journal of the server that listens. */
    readonly journal: OpenJournal,
    readonly stores: MemoryStores,
    readonly openOver: (stores: StoreFactory) => Promise<OpenJournal>,
    readonly now: () => number,
    readonly close: () => Promise<void>,
  ) {}

  static async start(clock: string, beforeWrite: BeforeWrite): Promise<MemorySchool> {
    const stores = makeMemoryStores()
    const accounts = await stores.open<AccountsDocument>('accounts')
    await accounts.ensure()
    const offset = Date.parse(clock) - Date.now()
    const now = () => Date.now() + offset
    const [signer, hasher, random] = [makeSigner(newPrivateKey()), makeHasher(), Math.random]
    const opened: OpenJournal[] = []
    const parts = { signer, now, random, schedule: realSchedule, log: silent }
    const journals = makeJournals(stores, async (db) => {
      const journal = await openJournal({ ...parts, stores: hooked(stores, beforeWrite), db })
      opened.push(journal)
      return journal
    })
    const { db } = await foundDemo(
      { kind: 'fixture', seed: 'zvonok', schools: 1 },
      { store: accounts, journals, hasher, now, print: () => undefined },
    )
    const { app, endStreams } = makeApp({
      accounts,
      journals,
      signer,
      hasher,
      now,
      random: randomBytes,
      log: silent,
      version: '0.1.0',
      epoch: () => journals.epoch(),
      setUp: null,
      trustProxy: false,
      client: process.env['CLIENT_DIR'] ?? join(root, 'client/dist'),
    })
    const listening = await listen(app, { tls: null, host: '127.0.0.1', port: 0 })
    const close = async () => {
      endStreams()
      await listening.stop()
      await journals.close()
      await stores.close()
    }
    const openOver = (others: StoreFactory) => openJournal({ ...parts, stores: others, db })
    return new MemorySchool(listening.url, db, must(opened[0], 'the journal'), stores, openOver, now, close)
  }

  /** Another server over the same store, as a cluster has several. */
  async anotherServer(): Promise<OpenJournal> {
    return this.#keep(await this.openOver(this.stores))
  }

  /** A server on the other side of a split network: its copy of the store goes its own way from now on. */
  async splitServer(): Promise<{ journal: OpenJournal; stores: MemoryStores }> {
    const stores = this.stores.backup()
    return { journal: this.#keep(await this.openOver(stores)), stores }
  }

  /** Pushes an entry to one of the servers, as a device of this person would that has seen nothing in these cells. */
  async write(at: OpenJournal, author: string, draft: Draft): Promise<{ entry: Entry; receipt: Receipt }> {
    const clock = { wall: this.now(), mono: 0, boot: 'observer', jumps: 0 }
    const contact = null
    const writer = { db: this.db, author, device: 'observer', n: (this.#n += 1), made: { clock, contact } }
    const entry = makeEntry(draft, { id: draft.sheet, cells: {}, own: {} }, writer)
    const { receipts } = await at.push({ entries: [entry], clock }, author)
    return { entry, receipt: must(receipts[0], 'a receipt') }
  }

  async stop(): Promise<void> {
    for (const journal of this.#journals.splice(0)) await journal.close()
    await this.close()
  }

  #keep(journal: OpenJournal): OpenJournal {
    this.#journals.push(journal)
    return journal
  }
}

/** The same stores, with something that happens before each write. */
function hooked(stores: StoreFactory, beforeWrite: BeforeWrite): StoreFactory {
  return {
    kind: stores.kind,
    list: (prefix) => stores.list(prefix),
    close: () => stores.close(),
    async open<D extends StoredDocument>(database: string): Promise<Store<D>> {
      const store = await stores.open<D>(database)
      return new Proxy(store, {
        get(target, name) {
          if (name === 'write')
            return async (writes: readonly Write<D>[]) => {
              await beforeWrite(writes)
              return target.write(writes)
            }
          const member: unknown = Reflect.get(target, name, target)
          return typeof member === 'function' ? (member.bind(target) as unknown) : member
        },
      })
    },
  }
}
