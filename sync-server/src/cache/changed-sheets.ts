import type { Range } from 'shared/journal/scope'
import type { ChangesPage } from '../store/store'

const fewFresh = 100

/**
 * Which sheets have changed, and after which change: kept both in the order of their ids and in that of their last
 * changes, so that what concerns one person is found without looking at what concerns everybody else.
 */
export class ChangedSheets {
  /** Each with the number of its last change; those that changed longest ago come first. */
  readonly #changed = new Map<string, { at: number; rev: string | undefined }>()
  #sorted: string[] = []
  /** Not among the sorted yet. */
  #fresh: string[] = []
  #count = 0
  #forgotten = 0

  /** How many changes there have been. */
  get count(): number {
    return this.#count
  }

  /** How many sheets are remembered. */
  get size(): number {
    return this.#changed.size
  }

  /** Changes below this number are forgotten. */
  get forgotten(): number {
    return this.#forgotten
  }

  add({ ids, revs }: Pick<ChangesPage, 'ids' | 'revs'>): void {
    for (const id of ids) {
      if (!this.#changed.delete(id)) this.#fresh.push(id)
      this.#changed.set(id, { at: this.#count++, rev: revs?.get(id) })
    }
  }

  /** The revision that its last change was told with, where the store tells it. */
  revOf(id: string): string | undefined {
    return this.#changed.get(id)?.rev
  }

  /** Forgets the oldest until so many are left. */
  trim(most: number): void {
    for (const [id, { at }] of this.#changed) {
      if (this.#changed.size <= most) break
      this.#changed.delete(id)
      this.#forgotten = at + 1
    }
    this.#sorted = [...this.#changed.keys()].sort()
    this.#fresh = []
  }

  /** Those of these stretches that changed when so many changes had been, or later. Stretches must not overlap. */
  *since(count: number, stretches: Iterable<Range>): Generator<string> {
    const ids = this.#inOrder()
    for (const { start, end } of stretches) {
      for (let at = firstFrom(ids, start); at < ids.length; at++) {
        const id = ids[at] ?? ''
        if (id > end) break
        if ((this.#changed.get(id)?.at ?? -1) >= count) yield id
      }
    }
  }

  // In its place when it is asked for: a few are put where they belong, and for many all are sorted.
  #inOrder(): readonly string[] {
    const fresh = this.#fresh.splice(0)
    if (fresh.length > fewFresh) this.#sorted = [...this.#changed.keys()].sort()
    else for (const id of fresh) this.#sorted.splice(firstFrom(this.#sorted, id), 0, id)
    return this.#sorted
  }
}

function firstFrom(ids: readonly string[], start: string): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ids[middle] ?? '') < start) low = middle + 1
    else high = middle
  }
  return low
}
