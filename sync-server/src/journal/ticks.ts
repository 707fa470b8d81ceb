import { must } from 'shared/plain/must'
import type { Store } from '../store/store'

/** How far ahead numbers are reserved: so much of them is skipped by a restart. */
const ahead = 60_000
const recheck = 5_000

/** The numbers that sheets' versions are made of. */
export interface Ticks {
  /** Greater than every number handed out before, by this server or before a restart; about the time in ms. */
  next(): Promise<number>
  /** Writes under a number of its own. Until that has ended no floor here comes up to it, however long the store takes. */
  during<T>(write: (tick: number) => Promise<T>): Promise<T>
  /** No version written from now on, by any server of this journal, is below this (P-2). Above zero. */
  floor(): number
}

/** `_local/ticks`. */
export interface Reservation {
  until: number
}

/**
 * Opens the numbers of a journal (P-2). What may be handed out is written down first (`_local/ticks`), so neither a
 * restart nor a server clock set back repeats one; servers beside each other re-read it and stay within it.
 */
export async function openTicks(
  store: Pick<Store, 'local' | 'setLocal'>,
  now: () => number,
  elapsed: () => number,
): Promise<Ticks> {
  let last = (await store.local<Reservation>('ticks'))?.until ?? 0
  let until = 0
  let checked = Number.NEGATIVE_INFINITY
  let renewing: Promise<void> | null = null

  const renew = async () => {
    const stored = (await store.local<Reservation>('ticks'))?.until ?? 0
    // Another server is ahead of this one: catch up, so that no version here falls under a floor handed out there.
    if (stored > until) last = Math.max(last, stored - ahead)
    const wanted = Math.max(now(), last + 1) + ahead
    const isShort = stored < wanted - ahead / 2
    if (isShort) await store.setLocal<Reservation>('ticks', { until: wanted })
    until = isShort ? wanted : stored
    checked = now()
  }
  // Never above what is reserved: a clock that was ahead and is set back goes on from there, and what is written then must
  // still be news.
  const reached = () => Math.min(Math.max(now(), last), Math.max(until, last))
  // By a clock that nobody sets: one that was behind and is put right leaps over what was written a moment ago. Before a
  // restart it was no further back than the reservations of two servers.
  let passed = [{ at: Number.NEGATIVE_INFINITY, tick: last - 2 * ahead }]
  const note = () => {
    const at = elapsed()
    const isOld = ({ at: noted }: { at: number }) => noted <= at - ahead
    passed = passed.slice(Math.max(0, passed.findLastIndex(isOld)))
    if (at - must(passed.at(-1), 'a number').at >= recheck) passed.push({ at, tick: reached() })
  }
  note()
  const isFresh = () => Math.abs(now() - checked) < recheck
  const underWay = new Set<number>()
  const renewOnce = () => (renewing ??= renew().finally(() => (renewing = null)))

  const next = async () => {
    for (;;) {
      const tick = Math.max(now(), last + 1)
      if (tick <= until && isFresh()) {
        last = tick
        return tick
      }
      await renewOnce()
    }
  }

  return {
    next,
    async during(write) {
      const tick = await next()
      underWay.add(tick)
      try {
        return await write(tick)
      } finally {
        underWay.delete(tick)
      }
    },
    // Servers may be a reservation apart, and a write of another may be under way, or a copy lag, for as long again.
    floor() {
      note()
      // Where nobody writes the floor rises too: devices carry what was sent above it from contact to contact (P-4).
      if (now() > until) renewOnce().catch(() => {})
      return Math.max(
        1,
        Math.min(must(passed[0], 'a number').tick - ahead, ...[...underWay].map((tick) => tick - 1)),
      )
    },
  }
}
