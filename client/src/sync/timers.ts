/** Waiting, handed in: the browser's timers, or a simulation's virtual clock. */
export interface Timers {
  /** Calls `run` after `ms`; the answer calls it off. */
  after(ms: number, run: () => void): () => void
}

export const browserTimers: Timers = {
  after(ms, run) {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
}
