import { must } from 'shared/plain/must'
import type { Store } from '../store/store'
import { repeat, type Schedule } from './schedule'

const every = 10_000
const lag = 60_000

export interface SafeSequence {
  /** A sequence that every copy has surely reached: what is read now holds all that came before it (P-2). */
  current: () => Promise<string>
  /** The same, where a cluster's server has been up for long enough to know one; else null. */
  recorded: () => string | null
  close: () => void
}

interface Deps {
  store: Pick<Store, 'info' | 'kind'>
  /** ms by a clock that nobody sets: a copy lags no less when the server's is put right. */
  elapsed: () => number
  schedule: Schedule
}

/**
 * In a cluster one copy may lag another, so the sequence handed out with a reading is a minute old, or the oldest this
 * server knows. A store in one place has no copies: its present sequence will do.
 */
export function openSafeSequence({ store, elapsed, schedule }: Deps): SafeSequence {
  let known: { at: number; seq: string }[] = []
  const note = async () => {
    const at = elapsed()
    const { seq } = await store.info()
    known.push({ at, seq })
    const safe = known.findLastIndex((noted) => noted.at <= at - lag)
    known = known.slice(Math.max(0, safe))
  }
  if (store.kind !== 'couchdb')
    return { current: async () => (await store.info()).seq, recorded: () => null, close: () => {} }
  const stop = repeat(schedule, every, () => note().catch(() => undefined))
  return {
    async current() {
      if (known.length === 0) await note()
      return must(known[0], 'a noted sequence').seq
    },
    recorded: () => known.findLast(({ at }) => at <= elapsed() - lag)?.seq ?? null,
    close: stop,
  }
}
