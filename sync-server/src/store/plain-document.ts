import type { StoredDocument, Write } from './store'

/**
 * JSON text without keys called `__proto__`: the entry schemas refuse them, and an adapter must not be what lets one reach
 * an object's prototype.
 */
export function withoutProto(text: string): string {
  if (!text.includes('"__proto__"')) return text
  return JSON.stringify(JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)))
}

/** A document as JSON text, safe to keep. */
export function textOfDocument(doc: StoredDocument): string {
  return withoutProto(JSON.stringify(doc))
}

/** The same document, safe to hand to a store: itself, but where it has such a key. */
export function plainDocument<D extends StoredDocument>(doc: D): D {
  const text = JSON.stringify(doc)
  const plain = withoutProto(text)
  return plain === text ? doc : (JSON.parse(plain) as D)
}

/** Whether a document may have this id: ASCII, and none of the store's own (PouchDB issue 6375, `_design/`). */
export function isDocumentId(id: string): boolean {
  return /^[A-Za-z0-9][\x21-\x7e]*$/.test(id)
}

/** Throws on what no caller may do: an id that stores treat differently, a field that is theirs, one document twice. */
export function checkWrites(writes: readonly Write<StoredDocument>[]): void {
  const ids = new Set<string>()
  for (const { doc } of writes) {
    if (!isDocumentId(doc._id)) throw new Error(`no id for a document: ${JSON.stringify(doc._id)}`)
    const theirs = Object.keys(doc).find((field) => field.startsWith('_') && field !== '_id')
    if (theirs) throw new Error(`a field that is the store's own: ${theirs}`)
    if (ids.has(doc._id)) throw new Error(`twice in one bulk: ${doc._id}`)
    ids.add(doc._id)
  }
}

/** Throws on a name that is not that of a database: it becomes a folder or an address. */
export function checkDatabaseName(name: string): void {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(name)) throw new Error(`no name for a database: ${JSON.stringify(name)}`)
}
