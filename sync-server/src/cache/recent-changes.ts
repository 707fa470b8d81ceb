import type { Range } from 'shared/journal/scope'
import type { ChangesPage, Store } from '../store/store'
import { ChangedSheets } from './changed-sheets'

/** Ids kept in memory: a busy morning of a large school. */
const mostKept = 20_000
const page = 1_000

/** What changed of some stretches, and the sequence that it was read up to. */
export type Listed = Pick<ChangesPage, 'ids' | 'revs' | 'seq'>

/** What changed lately, read from the store once for everybody who asks. Losing it costs a read. */
export interface RecentChanges {
  /** Reads on to what is in the store now; answers whose feed it is. */
  look(): Promise<string>
  /**
   * Which sheets of these stretches changed after this sequence, up to the last look. Null where the sequence is none that
   * this server has come by lately: then the store has to be asked.
   */
  since(seq: string, stretches: readonly Range[]): Listed | null
  /** The sequence of the last look; null before the first. */
  seq(): string | null
  /** Forgets everything: the store was set back. */
  forget(): void
}

interface Deps {
  store: Pick<Store, 'info' | 'changes'>
  /** The store's feed is another one, or its sequence fell: what was known of it may not be true any more. */
  onSetBack?: () => void
}

/**
 * A thousand devices that ask every minute what is new ask for the same pages of changes. Here each page is read once, and
 * a device whose checkpoint stands at a page's end is answered from memory.
 */
export function makeRecentChanges({ store, onSetBack = () => {} }: Deps): RecentChanges {
  let changed = new ChangedSheets()
  /** How many changes there had been at a sequence. Sequences are opaque: only those met are known. */
  let places = new Map<string, number>()
  let end: string | null = null
  /** The store as it was when all its changes had been read. */
  let seen: { feed: string; seq: string } | null = null
  let reading: Promise<string> | null = null
  let next: Promise<string> | null = null
  let life = 0

  function forget(): void {
    changed = new ChangedSheets()
    places = new Map()
    end = null
    seen = null
    life++
  }

  async function read(): Promise<string> {
    const info = await store.info()
    if (seen && (seen.feed !== info.feed || numberOf(info.seq) < numberOf(seen.seq))) {
      forget()
      onSetBack()
    }
    if (seen?.seq === info.seq) return info.feed
    const began = life
    if (end === null) {
      // Nobody can ask for what was before this server's time without asking the store.
      end = info.seq
      places.set(end, 0)
    }
    for (let more = true; more;) {
      const changes = await store.changes(end, page)
      // Forgotten meanwhile: what comes here belongs to what was.
      if (began !== life) return info.feed
      changed.add(changes)
      end = changes.seq
      places.set(end, changed.count)
      more = changes.more
    }
    seen = info
    trim()
    return info.feed
  }

  function trim(): void {
    if (changed.size <= mostKept && places.size <= mostKept) return
    changed.trim(mostKept / 2)
    const oldest = [...places.keys()].slice(0, -mostKept / 2)
    for (const seq of oldest) places.delete(seq)
    for (const [seq, place] of places) if (place < changed.forgotten) places.delete(seq)
  }

  function revsOf(ids: readonly string[]): Map<string, string> {
    return new Map(
      ids.flatMap((id) => {
        const rev = changed.revOf(id)
        return rev === undefined ? [] : [[id, rev] as const]
      }),
    )
  }

  // One under way may have looked before what is asked for was written: whoever comes then waits for the next.
  function readNow(): Promise<string> {
    if (!reading) {
      reading = read().finally(() => (reading = null))
      return reading
    }
    next ??= reading
      .catch(() => undefined)
      .then(() => {
        next = null
        return readNow()
      })
    return next
  }

  return {
    look: readNow,
    since(seq, stretches) {
      const place = places.get(seq)
      if (place === undefined || end === null) return null
      const ids = [...changed.since(place, stretches)]
      return { ids, revs: revsOf(ids), seq: end }
    },
    seq: () => end,
    forget,
  }
}

// Sequences are opaque, but every store's begin with a count that grows; a copy that lags only makes us read again.
function numberOf(seq: string): number {
  return Number.parseInt(seq, 10) || 0
}
