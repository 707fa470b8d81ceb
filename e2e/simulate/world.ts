interface Happening {
  at: number
  order: number
  act: () => void
}

/**
 * Virtual time. Nothing in a run waits for the real clock: events happen in order of their virtual moment, and between
 * two of them every promise that can settle has settled, so a seed always gives the same history.
 */
export class World {
  #now: number
  #count = 0
  #queue: Happening[] = []

  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  /** Runs `act` after so many virtual ms; returns a way to call it off. */
  after(ms: number, act: () => void): () => void {
    const event = { at: this.#now + Math.max(0, Math.round(ms)), order: this.#count++, act }
    this.#queue.push(event)
    return () => {
      this.#queue = this.#queue.filter((other) => other !== event)
    }
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** Lets the world go on until nothing is left to happen before `until`. */
  async run(until: number): Promise<void> {
    for (;;) {
      await settle()
      const next = this.#next()
      if (!next || next.at > until) break
      this.#queue = this.#queue.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.act()
    }
    this.#now = Math.max(this.#now, until)
    await settle()
  }

  /** Runs until the condition holds; false when it does not within so many virtual ms. */
  async runUntil(holds: () => boolean, most: number): Promise<boolean> {
    const end = this.#now + most
    while (!holds()) {
      await settle()
      if (holds()) return true
      const next = this.#next()
      if (!next || next.at > end) return false
      await this.run(next.at)
    }
    return true
  }

  #next(): Happening | undefined {
    let first: Happening | undefined
    for (const event of this.#queue) {
      if (!first || event.at < first.at || (event.at === first.at && event.order < first.order)) first = event
    }
    return first
  }
}

/** Every promise that can settle has settled: microtasks run to their end before a turn of the event loop. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
