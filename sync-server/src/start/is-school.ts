import { isFounded } from '../journal/found'
import { StoreUnavailable, type StoreFactory } from '../store/store'

/** Whether a database holds a school, as far as it can be looked at. */
export async function isSchoolIn(stores: Pick<StoreFactory, 'open'>, db: string): Promise<boolean> {
  const store = await stores.open(db)
  try {
    return await isFounded(store)
  } catch (error) {
    // Nobody is to found a school beside one that is shut. One of our own that is damaged is refused here and now, with what
    // is to be done: PouchDB waits for ever where a folder that did not open is opened again.
    if (error instanceof StoreUnavailable && store.kind !== 'embedded') return true
    throw error
  } finally {
    await store.close()
  }
}
