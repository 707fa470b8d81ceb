import makeMapReduce from 'pouchdb-abstract-mapreduce'
import { mapFunction } from './map-function'

/**
 * Views for PouchDB, their map functions compiled once. PouchDB's own plug-in spells out every document and compiles it
 * into a new context, for code that may be anybody's; ours are files of this repository.
 */
export const views = makeMapReduce(
  // The name under which indexes of former versions stand too.
  'mrviews',
  (source, emit) => {
    const map = mapFunction(source)
    return (doc) => {
      for (const key of map(doc)) emit(key, null)
    }
  },
  () => {
    throw new Error('no view of ours is reduced')
  },
  () => undefined,
)
