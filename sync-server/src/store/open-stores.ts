import { makeCouchStores } from './couch'
import { makeEmbeddedStores } from './embedded'
import type { StoreFactory } from './store'

/** The stores that the operator asked for: CouchDB where there is an address, else in this process, in the data folder. */
export async function openStores({
  couchdbUrl,
  dataDir,
}: {
  couchdbUrl?: string | undefined
  dataDir: string
}): Promise<StoreFactory> {
  return couchdbUrl ? makeCouchStores(couchdbUrl) : makeEmbeddedStores(dataDir)
}
