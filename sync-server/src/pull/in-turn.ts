/** Does a piece of work of somebody's when it is their turn. */
export type InTurn = <R>(who: string, work: () => Promise<R>) => Promise<R>

/**
 * A line for long work: so many pieces at once, the others in order. When a whole school comes back in the morning, each
 * page that is read and packed holds up the loop for a moment; a teacher's push waits for one such moment, not for hundreds.
 * Who asks for many things at once has one turn among all others for each.
 */
export function makeLine(places: number): InTurn {
  // Who came first, or had a turn longest ago, is first.
  const waiting = new Map<string, (() => void)[]>()
  let running = 0

  function next(): (() => void) | null {
    for (const [who, theirs] of waiting) {
      const go = theirs.shift()
      waiting.delete(who)
      if (theirs.length > 0) waiting.set(who, theirs)
      if (go) return go
    }
    return null
  }

  function wait(who: string): Promise<void> {
    return new Promise((resolve) => {
      const theirs = waiting.get(who)
      if (theirs) theirs.push(resolve)
      else waiting.set(who, [resolve])
    })
  }

  return async (who, work) => {
    if (running < places) running++
    else await wait(who)
    try {
      return await work()
    } finally {
      const go = next()
      // Not at once: whatever else came meanwhile goes first.
      if (go) setImmediate(go)
      else running--
    }
  }
}

/** Where somebody's turn has come already. */
export const atOnce: InTurn = (_who, work) => work()
