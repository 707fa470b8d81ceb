import type { ChangesPage } from './store'

const mostIds = 50_000

interface Bulk {
  from: number
  to: number
  ids: readonly string[]
}

/**
 * What this process has written of late, by sequence. PouchDB's feed of changes reads every document whole to tell its
 * id; followers and the directory ask after each bulk, and nearly always for what is still remembered here.
 */
export class RecentChanges {
  #bulks: Bulk[] = []
  #size = 0

  /** Notes a bulk that took the sequence from one number to another. One that does not join on begins anew. */
  note(from: number, to: number, ids: readonly string[]): void {
    if (to === from) return
    if (this.#bulks.at(-1)?.to !== from) this.forget()
    this.#bulks.push({ from, to, ids })
    this.#size += ids.length
    while (this.#size > mostIds) this.#size -= this.#bulks.shift()?.ids.length ?? 0
  }

  forget(): void {
    this.#bulks = []
    this.#size = 0
  }

  /** What changed after a sequence; null where that has to be read. */
  after(since: number, limit: number): ChangesPage | null {
    if (this.#bulks.at(-1)?.to === since) return { ids: [], seq: String(since), more: false }
    const start = this.#bulks.findIndex(({ from }) => from === since)
    if (start < 0) return null
    const ids = new Set<string>()
    let seq = since
    for (const bulk of this.#bulks.slice(start)) {
      if (ids.size + bulk.ids.length > limit) break
      for (const id of bulk.ids) ids.add(id)
      seq = bulk.to
    }
    if (seq === since) return null
    return { ids: [...ids], seq: String(seq), more: seq !== this.#bulks.at(-1)?.to }
  }
}
