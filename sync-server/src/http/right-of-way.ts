import { setImmediate as turn } from 'node:timers/promises'

/** A portion of long work waits at most so long (ms), however many go first: it is late, but it comes. */
const longest = 50

/**
 * Everybody is served by one thread. A push goes first, and long work (first pulls, sign-ins) stands aside between its
 * portions: a teacher who taps a mark waits for a portion of somebody's work, and not for a school that comes back in the
 * morning.
 */
export interface RightOfWay {
  /** Does what goes first. */
  first<R>(work: () => Promise<R>): Promise<R>
  /** Between two portions of long work: resolves when nothing that goes first is under way. */
  giveWay(): Promise<void>
}

export function makeRightOfWay(): RightOfWay {
  let first = 0
  const waiting = new Set<() => void>()
  const isFree = () => first === 0

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer)
        waiting.delete(go)
        resolve()
      }
      const timer = setTimeout(go, ms)
      waiting.add(go)
    })
  }

  return {
    async first(work) {
      first++
      try {
        return await work()
      } finally {
        // One at a time: the next may find that another push has come.
        if (--first === 0) for (const go of [...waiting].slice(0, 1)) go()
      }
    },
    async giveWay() {
      const until = performance.now() + longest
      // What has arrived meanwhile is read before anybody goes on.
      await turn()
      for (let left = longest; !isFree() && left > 0; left = until - performance.now()) {
        await wait(left)
        await turn()
      }
      // The way is free: whoever waits behind comes next.
      if (isFree()) for (const go of [...waiting].slice(0, 1)) go()
    },
  }
}

/** Where nobody has to give way: tests, tools, and the simulation with its own time. */
export const freeWay: RightOfWay = { first: (work) => work(), giveWay: async () => {} }
