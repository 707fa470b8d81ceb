import { isDirectorySheet } from '../../sync-server/src/cache/directory-cache'
import type { SheetDocument } from 'shared/journal/document'
import {
  StoreUnavailable,
  type Store,
  type StoredDocument,
  type StoreFactory,
  type Write,
  type WriteOutcome,
} from '../../sync-server/src/store/store'
import { never, type Interrupts, type Process } from './interrupts'
import type { Point } from './points'

export interface ProcessParts {
  process: Process
  interrupts: Interrupts
  /** What a directory sheet came to say, and when that was asked for and done (ms). */
  onDirectory: (doc: SheetDocument, asked: number, outcome: WriteOutcome['is']) => void
  /** How long a write may take before the process gives it up, and nothing more of it is written (ms). */
  patience: number
}

/** What a request to a store elsewhere is given (ms): `store/couch-server.ts`. */
export const requestTimeout = 30_000

type Written = Map<string, WriteOutcome>
/** The directory reads pages of its own size, so its calls are told from others. */
const directoryPage = 500

/**
 * The stores as one server process has them: every call takes its time, so that two servers get between each other's
 * reads and writes, and passes the named points. A process that was killed hears nothing more.
 */
export function processStores<F extends StoreFactory>(stores: F, parts: ProcessParts): F {
  return {
    ...stores,
    async open<D extends StoredDocument>(database: string): Promise<Store<D>> {
      return processStore(await stores.open<D>(database), parts)
    },
  }
}

function processStore<D extends StoredDocument>(store: Store<D>, parts: ProcessParts): Store<D> {
  const { process, interrupts, onDirectory, patience } = parts
  const { world, random } = interrupts
  const pass = (point: Point) => interrupts.pass(point, process, away)
  const alive = async () => {
    if (!process.isAlive()) await never()
  }

  async function call<T>(act: () => Promise<T>, before: Point | null, after: Point | null): Promise<T> {
    await world.sleep(
      Math.max(0, (process.frozenUntil?.() ?? 0) - world.now()) + random.int(0, interrupts.pace),
    )
    await alive()
    if (before) await pass(before)
    const result = await act()
    if (after) await pass(after)
    await world.sleep(random.int(0, 40))
    await alive()
    return result
  }

  async function write(writes: readonly Write<D>[], begun: number): Promise<Written> {
    const asked = world.now()
    if (asked - begun > patience) throw away()
    let outcomes: Written = new Map()
    try {
      outcomes = await store.write(writes)
      return outcomes
    } finally {
      // A store that goes away in the middle of a bulk keeps what it had taken by then.
      for (const { doc } of writes)
        if (isDirectorySheet(doc._id))
          onDirectory(doc as unknown as SheetDocument, asked, outcomes.get(doc._id)?.is ?? 'uncertain')
    }
  }

  async function writeInHalves(writes: readonly Write<D>[], begun: number): Promise<Written> {
    // Only a bulk of several can be half written.
    if (writes.length < 2) return write(writes, begun)
    const half = Math.ceil(writes.length / 2)
    const first = await write(writes.slice(0, half), begun)
    await pass('server: bulk half written')
    return new Map([...first, ...(await write(writes.slice(half), begun))])
  }

  return {
    // A store in one place is to the product what it keeps in its own process.
    kind: store.kind === 'memory' ? 'embedded' : store.kind,
    ensure: () => store.ensure(),
    info: () => call(() => store.info(), null, 'server: sequence read'),
    get: (ids) => call(() => store.get(ids), 'server: sheets asked', 'server: sheets read'),
    write: async (writes) => {
      const begun = world.now()
      const outcomes = await call(
        () => writeInHalves(writes, begun),
        'server: bulk asked',
        'server: bulk written',
      )
      try {
        await pass('server: bulk in too few copies')
      } catch {
        return new Map([...outcomes.keys()].map((id) => [id, { is: 'uncertain' } as const]))
      }
      return outcomes
    },
    range: (start, end, limit) => call(() => store.range(start, end, limit), null, 'server: range read'),
    changes: (since, limit) =>
      limit === directoryPage
        ? call(() => store.changes(since, limit), 'server: directory asked', 'server: directory confirmed')
        : call(() => store.changes(since, limit), null, 'server: changes read'),
    follow: (since, onChange) => store.follow(since, onChange),
    view: (name, key) => call(() => store.view(name, key), null, 'server: waiting listed'),
    local: (id) => call(() => store.local(id), null, null),
    setLocal: (id, value) => {
      const [before, after] = pointsOfNote(id, value)
      return call(() => store.setLocal(id, value), before, after)
    },
    close: () => store.close(),
  }
}

function pointsOfNote(id: string, value: object): [before: Point | null, after: Point | null] {
  switch (id) {
    case 'ticks':
      return ['server: numbers asked', 'server: numbers reserved']
    case 'epoch':
      return ['server: epoch asked', 'server: epoch begun']
    case 'repaired':
      return [null, 'server: repair noted']
    case 'founding':
      return (value as { done: boolean }).done
        ? ['server: founding asked', 'server: founding done']
        : [null, 'server: founding claimed']
    default:
      return [null, id.startsWith('anchored-') ? 'server: anchor noted' : null]
  }
}

function away(): Error {
  return new StoreUnavailable('the store is away')
}
