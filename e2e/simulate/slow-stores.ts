import type { Store, StoredDocument, StoreFactory } from '../../sync-server/src/store/store'
import type { Random } from './random'
import type { World } from './world'

const slowCalls = new Set<PropertyKey>(['get', 'write', 'range', 'changes', 'view', 'local', 'setLocal'])

/** The same stores, each call taking its time: two servers get between each other's reads and writes. */
export function slowStores<F extends StoreFactory>(stores: F, world: World, random: Random): F {
  return {
    ...stores,
    async open<D extends StoredDocument>(database: string): Promise<Store<D>> {
      const store = await stores.open<D>(database)
      return new Proxy(store, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target)
          if (typeof member !== 'function') return member
          const call = member.bind(target) as (...args: unknown[]) => unknown
          if (!slowCalls.has(name)) return call
          return async (...args: unknown[]) => {
            await world.sleep(random.int(0, 120))
            const result = await call(...args)
            await world.sleep(random.int(0, 40))
            return result
          }
        },
      })
    },
  }
}
