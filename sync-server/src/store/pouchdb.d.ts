// The part of PouchDB that the embedded store uses. `@types/pouchdb-core` would bring the browser's types along.
declare module 'pouchdb-core' {
  namespace PouchDB {
    interface Row {
      id: string
      key: string
      error?: string
      value?: { rev: string; deleted?: boolean }
      doc?: Fields | null
    }
    interface Fields {
      _id: string
      _rev: string
      _conflicts?: string[]
      [field: string]: unknown
    }
    interface BulkRow {
      ok?: boolean
      id?: string
      rev?: string
      error?: boolean | string
      status?: number
    }
    interface Options {
      adapter: string
      db?: unknown
      auto_compaction?: boolean
      deterministic_revs?: boolean
      view_update_changes_batch_size?: number
      revs_limit?: number
    }
  }
  class PouchDB {
    static plugin(plugin: unknown): typeof PouchDB
    static adapter(name: string, adapter: unknown, addToPreferred: boolean): void
    constructor(name: string, options: PouchDB.Options)
    allDocs(options: {
      keys?: readonly string[]
      startkey?: string
      endkey?: string
      limit?: number
      include_docs?: boolean
      conflicts?: boolean
    }): Promise<{ rows: PouchDB.Row[] }>
    get(id: string, options?: { rev?: string }): Promise<PouchDB.Fields>
    put(doc: object): Promise<{ rev: string }>
    bulkDocs(
      docs: readonly object[],
      options?: { new_edits?: boolean },
    ): Promise<(PouchDB.BulkRow | undefined)[]>
    changes(options: { since: number; limit: number }): Promise<{
      results: { id: string; seq: number; deleted?: boolean }[]
      last_seq: number
    }>
    query(view: string, options: { key: string }): Promise<{ rows: { id: string }[] }>
    viewCleanup(): Promise<unknown>
    info(): Promise<{ update_seq: number }>
    close(): Promise<void>
    setMaxListeners(most: number): void
  }
  export = PouchDB
}

declare module 'pouchdb-adapter-leveldb-core' {
  function adapter(this: unknown, options: object, callback: (error: Error | null) => void): void
  export = adapter
}

declare module 'pouchdb-abstract-mapreduce' {
  type Emit = (key: unknown, value: unknown) => void
  /** Makes `query` and `viewCleanup` over functions that run a view's map and reduce. */
  function makeMapReduce(
    localDocName: string,
    mapper: (source: string, emit: Emit) => (doc: object) => void,
    reducer: (source: string) => never,
    validate: (design: object, view: string) => void,
  ): object
  export = makeMapReduce
}

declare module 'leveldown' {
  type Done = (error?: Error | null) => void
  interface Iterator {
    /** Without a key: the end. */
    next(done: (error?: Error | null, key?: Buffer, value?: Buffer) => void): void
    end(done: Done): void
  }
  interface Level {
    readonly status: 'new' | 'opening' | 'open' | 'closing' | 'closed'
    batch(operations: { type: 'put'; key: string; value: string }[], options: object, done: Done): void
    iterator(options: { fillCache?: boolean; highWaterMark?: number }): Iterator
    open(options: { createIfMissing?: boolean; writeBufferSize?: number }, done: Done): void
    close(done: Done): void
    _put(key: unknown, value: unknown, options: object, done: Done): void
    _del(key: unknown, options: object, done: Done): void
    _batch(operations: unknown[], options: object, done: Done): void
  }
  function leveldown(location: string): Level
  namespace leveldown {
    export type { Level, Iterator, Done }
  }
  export = leveldown
}
