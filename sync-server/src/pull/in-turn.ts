/** Does a piece of work when it is its turn. */
export type InTurn = <R>(work: () => Promise<R>) => Promise<R>

/**
 * A line for long work: so many pieces at once, the others in order. When a whole school comes back in the morning, each
 * page that is read and packed holds up the loop for a moment; a teacher's push waits for one such moment, not for hundreds.
 */
export function makeLine(atOnce: number): InTurn {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running < atOnce) running++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // Not at once: whatever else came meanwhile goes first.
      if (next) setImmediate(next)
      else running--
    }
  }
}
