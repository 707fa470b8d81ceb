import type { Store } from '../store/store'

/** How far ahead numbers are reserved: so much of them is skipped by a restart. */
const ahead = 60_000
const recheck = 5_000

/** The numbers that sheets' versions are made of. */
export interface Ticks {
  /** Greater than every number handed out before, by this server or before a restart; about the time in ms. */
  next(): Promise<number>
  /** No version written from now on, by any server of this journal, is below this (P-2). */
  floor(): number
}

interface Reservation {
  until: number
}

/**
 * Opens the numbers of a journal (P-2). What may be handed out is written down first (`_local/ticks`), so neither a
 * restart nor a server clock set back repeats one; servers beside each other re-read it and stay within it.
 */
export async function openTicks(store: Pick<Store, 'local' | 'setLocal'>, now: () => number): Promise<Ticks> {
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
  const isFresh = () => Math.abs(now() - checked) < recheck

  return {
    async next() {
      for (;;) {
        const tick = Math.max(now(), last + 1)
        if (tick <= until && isFresh()) {
          last = tick
          return tick
        }
        renewing ??= renew().finally(() => (renewing = null))
        await renewing
      }
    },
    // Servers may be a reservation apart, and a write may be under way for as long again. Never above what is reserved: a
    // clock that was ahead and is set back goes on from there, and what is written then must still be news.
    floor: () => Math.min(Math.max(now(), last), Math.max(until, last)) - 2 * ahead,
  }
}
