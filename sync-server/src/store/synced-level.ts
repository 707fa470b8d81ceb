import leveldown from 'leveldown'

/** Opens a LevelDB folder for PouchDB. Tests hand in one that loses answers. */
export type OpenLevel = (location: string) => leveldown.Level

/** LevelDB that answers a write when it is on disk (S1): by itself it only promises to get there. */
export function syncedLevel(location: string): leveldown.Level {
  const level = leveldown(location)
  const { _put, _del, _batch } = level
  level._put = (key, value, options, done) => _put.call(level, key, value, { ...options, sync: true }, done)
  level._del = (key, options, done) => _del.call(level, key, { ...options, sync: true }, done)
  level._batch = (operations, options, done) =>
    _batch.call(level, operations, { ...options, sync: true }, done)
  return level
}
