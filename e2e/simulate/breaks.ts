import type { StoredDocument, StoreFactory, Store } from '../../sync-server/src/store/store'
import type { DeviceStore } from '../../client/src/sync/ports'
import type { JournalStorage } from '../../client/src/store/storage'

/** A rule broken on purpose, to see that the simulation notices. */
export const breakable = {
  O1: 'the outbox is a mark of the wall clock: what was made before the newest sent is taken for sent',
  O2: 'what has left the device is taken for received',
  'P-1': 'the checkpoint is kept before the sheets that it speaks of are durable',
  S1: 'whatever the store answers is taken for written',
  'ACC-19': 'a family is answered as their child’s homeroom teacher would be',
} as const
export type Broken = keyof typeof breakable

export function isBreakable(name: string): name is Broken {
  return Object.hasOwn(breakable, name)
}

/** The device's outbox, as the broken rule has it. What it remembers outlives crashes, as a stored mark would. */
export function breakOutbox(
  device: DeviceStore,
  broken: Broken | null,
  memory: { newest: number; sent: Set<string> },
): DeviceStore {
  if (broken !== 'O1' && broken !== 'O2') return device
  return {
    ...device,
    async unsent(limit) {
      const rows = await device.unsent(10_000)
      const left = rows.filter(({ entry }) =>
        broken === 'O1' ? entry.made.clock.wall > memory.newest : !memory.sent.has(entry.id),
      )
      const handed = left.slice(0, limit)
      if (broken === 'O2') for (const { entry } of handed) memory.sent.add(entry.id)
      return handed
    },
    async keepReceipts(receipts) {
      await device.keepReceipts(receipts)
      const sent = (await device.sent(0, 10_000)).map(({ entry }) => entry.made.clock.wall)
      if (broken === 'O1') memory.newest = Math.max(memory.newest, ...sent)
    },
  }
}

export function breakStorage(storage: JournalStorage, broken: Broken | null): JournalStorage {
  if (broken !== 'P-1') return storage
  return {
    ...storage,
    async putSheets(sheets, gone) {
      void storage.putSheets(sheets, gone)
    },
  }
}

export function breakStores<F extends StoreFactory>(stores: F, broken: Broken | null): F {
  if (broken !== 'S1') return stores
  return {
    ...stores,
    async open<D extends StoredDocument>(database: string): Promise<Store<D>> {
      return believing(await stores.open<D>(database))
    },
  }
}

function believing<D extends StoredDocument>(store: Store<D>): Store<D> {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (name !== 'write') return typeof member === 'function' ? member.bind(target) : member
      return async (writes: Parameters<Store<D>['write']>[0]) => {
        const outcomes = await target.write(writes)
        return new Map(
          [...outcomes].map(([id, outcome]) => [
            id,
            outcome.is === 'uncertain' || outcome.is === 'conflict' ? { is: 'written', rev: '' } : outcome,
          ]),
        )
      }
    },
  })
}

/** Whose rights a request is answered by. */
export function answeredAs(person: string, broken: Broken | null): string {
  return broken === 'ACC-19' && person === 'g2' ? 't2' : person
}
