import leveldown from 'leveldown'

/** Opens a LevelDB folder for PouchDB. Tests hand in one that loses answers. */
export type OpenLevel = (location: string) => leveldown.Level

/** LevelDB that answers a write when it is on disk (S1): by itself it only promises to get there. */
export function syncedLevel(location: string): leveldown.Level {
  const level = leveldown(location)
  const put = level._put.bind(level)
  const del = level._del.bind(level)
  const batch = level._batch.bind(level)
  level._put = (key, value, options, done) => put(key, value, { ...options, sync: true }, done)
  level._del = (key, options, done) => del(key, { ...options, sync: true }, done)
  level._batch = (operations, options, done) => batch(operations, { ...options, sync: true }, done)
  return level
}
