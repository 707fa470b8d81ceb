declare module 'pouchdb-browser' {
  interface Replicated {
    ok: boolean
    docs_written: number
  }
  interface Options {
    auth?: { username: string; password: string }
  }
  export default class PouchDB {
    constructor(name: string, options?: Options)
    readonly replicate: { from(source: PouchDB): Promise<Replicated> }
    info(): Promise<{ doc_count: number }>
    close(): Promise<void>
    destroy(): Promise<void>
  }
}
