/**
 * Counts down time in which this process ran. A machine that was paused in between, or a laptop that was closed, has been
 * waited on by nobody: no look costs more than `step` ms.
 */
export class Patience {
  #left: number
  #looked = Date.now()

  constructor(
    ms: number,
    readonly step: number,
  ) {
    this.#left = ms
  }

  isLeft(): boolean {
    const now = Date.now()
    this.#left -= Math.min(now - this.#looked, this.step)
    this.#looked = now
    return this.#left > 0
  }
}
