import leveldown from 'leveldown'
import { withoutProto } from './plain-document'

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
  level._batch = (operations, options, done) => batch(operations.map(plain), { ...options, sync: true }, done)
  return level
}

// No key called `__proto__` is kept: looked for where a document has just been spelt anyway.
function plain(operation: unknown): unknown {
  if (typeof operation !== 'object' || operation === null || !('value' in operation)) return operation
  const { value } = operation
  return typeof value === 'string' ? { ...operation, value: withoutProto(value) } : operation
}
