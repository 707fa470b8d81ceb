import { createHash } from 'node:crypto'
import { tooManyTries } from '../http/errors'
import type { Tries } from './documents'
import { ofType, update, type AccountsStore } from './update'

const second = 1000
const minute = 60 * second

interface Limit {
  /** Tries before anybody has to wait. */
  free: number
  /** In this time (ms) so many tries are forgotten. */
  window: number
  firstWait: number
  longestWait: number
}

/**
 * A whole school stands behind one address, so that one has room for a morning of mistyped passwords. A device that
 * signed in to the account before has a count of its own, and the address's does not concern it: whoever guesses from
 * elsewhere, or from the next room, cannot lock its owner out.
 */
export const limits = {
  account: { free: 10, window: 60 * minute, firstWait: 30 * second, longestWait: 15 * minute },
  device: { free: 10, window: 60 * minute, firstWait: 30 * second, longestWait: 15 * minute },
  address: { free: 60, window: 15 * minute, firstWait: 30 * second, longestWait: 5 * minute },
} satisfies Record<string, Limit>

export interface Attempt {
  login: string
  /** The device's id where it signed in to this account before, else null. */
  knownDevice: string | null
  address: string
}

/** Limits guessing. Its counts are in the store: a restart forgives nothing, and several servers count together. */
export interface Throttle {
  /** Counts a try before the password is looked at, so that a hundred at once are not a hundred guesses. Throws when it is too soon. */
  take(attempt: Attempt): Promise<void>
  /** The password was right. */
  forgive(attempt: Attempt): Promise<void>
  /** The password was wrong. Only now it counts against the address: a morning in which a whole school signs in is no attack. */
  blame(attempt: Attempt): Promise<void>
}

export function makeThrottle(store: AccountsStore, now: () => number): Throttle {
  // One at a time within this process: tries at the same login would only collide in the store.
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }

  async function take(attempt: Attempt): Promise<void> {
    const own = ownRule(attempt)
    const address = idOf('address', attempt.address)
    const wait = await update(store, [own.id, address], (found) => {
      const tries = ofType(found.get(own.id), 'tries')
      const others = attempt.knownDevice ? 0 : (ofType(found.get(address), 'tries')?.blockedUntil ?? 0)
      const until = Math.max(tries?.blockedUntil ?? 0, others)
      if (until > now()) return { write: [], result: until - now() }
      return { write: [countTry(own.id, tries, own.limit, now())], result: 0 }
    })
    if (wait > 0) throw tooManyTries(Math.ceil(wait / second))
  }

  async function forgive(attempt: Attempt): Promise<void> {
    const { id } = ownRule(attempt)
    await update(store, [id], (found) => {
      const tries = ofType(found.get(id), 'tries')
      return { write: tries ? [{ ...tries, count: 0, blockedUntil: 0 }] : [], result: undefined }
    })
  }

  async function blame({ address }: Attempt): Promise<void> {
    const id = idOf('address', address)
    await update(store, [id], (found) => {
      const tries = ofType(found.get(id), 'tries')
      return { write: [countTry(id, tries, limits.address, now())], result: undefined }
    })
  }

  return {
    take: (attempt) => inTurn(() => take(attempt)),
    forgive: (attempt) => inTurn(() => forgive(attempt)),
    blame: (attempt) => inTurn(() => blame(attempt)),
  }
}

function ownRule({ login, knownDevice }: Attempt): { id: string; limit: Limit } {
  if (knownDevice) return { id: idOf('device', `${login} ${knownDevice}`), limit: limits.device }
  return { id: idOf('account', login), limit: limits.account }
}

/** What one more try makes of the count, which drains evenly: `free` tries in a `window`. */
export function countTry(id: string, before: Tries | null, limit: Limit, now: number): Tries {
  const step = limit.window / limit.free
  const drained = before ? Math.max(0, Math.floor((now - before.since) / step)) : 0
  const left = before ? Math.max(0, before.count - drained) : 0
  const since = before && left > 0 ? before.since + drained * step : now
  const count = Math.min(left + 1, 2 * limit.free)
  const over = count - limit.free
  const wait = over < 0 ? 0 : Math.min(limit.longestWait, limit.firstWait * 2 ** Math.min(over, 20))
  return { _id: id, type: 'tries', count, since, blockedUntil: wait === 0 ? 0 : now + wait }
}

function idOf(of: keyof typeof limits, subject: string): string {
  // Logins that were mistyped, and addresses, are nobody's business later.
  return `throttle:${of}:${createHash('sha256').update(subject).digest('base64url')}`
}

/** Whom to count an address as: an IPv6 network is one household, not 2^64 guessers. */
export function addressOf(ip: string | undefined): string {
  if (!ip) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip)
  if (mapped?.[1]) return mapped[1]
  return ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip
}
