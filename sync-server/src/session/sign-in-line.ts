import { tooManyTries } from '../http/errors'

/** So many sign-ins are under way at once: while one hashes, the others read and write. */
const atOnce = 2
/** Whoever would wait longer (ms) is asked to come again: a device waits for an answer no longer than 15 s. */
const longest = 10_000
/** Nobody is given a time further off (ms): a flood of sign-ins must not keep a school out for hours after it. */
const farthest = 300_000
/** What a sign-in takes before any was seen (ms). */
const firstPace = 60
/** How much the last sign-in says about the next. */
const weight = 0.1

/** Does a sign-in when its turn comes. `isWanted` is asked then: somebody may have given up. */
export type SignInLine = <R>(work: () => Promise<R>, isWanted: () => boolean) => Promise<R | null>

/**
 * The line that a school stands in at half past eight. Nothing is done for those who wait, so a thousand cost no more
 * than one after another; whoever is sent away is told a time of their own, so that they do not all come back at once.
 */
export function makeSignInLine(clock: () => number = () => performance.now()): SignInLine {
  const waiting: (() => void)[] = []
  let running = 0
  /** What a sign-in takes of the line's time (ms). */
  let pace = firstPace
  /** Until when turns are given away to those who were sent away. */
  let promised = 0

  function sendAway(): never {
    const soonest = clock() + waiting.length * pace
    promised = promised < soonest || promised > clock() + farthest ? soonest : promised + pace
    throw tooManyTries(Math.ceil((promised - clock()) / 1_000))
  }

  return async (work, isWanted) => {
    if (running >= atOnce) {
      if ((waiting.length + 1) * pace > longest) sendAway()
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    const began = clock()
    try {
      return isWanted() ? await work() : null
    } finally {
      pace += weight * ((clock() - began) / atOnce - pace)
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
