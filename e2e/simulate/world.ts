interface Happening {
  at: number
  order: number
  act: (() => void) | null
}

/**
 * Virtual time. Nothing in a run waits for the real clock: events happen in order of their virtual moment, and between
 * two of them every promise that can settle has settled, so a seed always gives the same history.
 */
export class World {
  #now: number
  #count = 0
  /** A heap: the earliest first, of one moment the one that was asked for first. */
  readonly #queue: Happening[] = []
  /** Work outside of promises that is under way: a database in this process. Time stands still for it. */
  readonly #outside = new Set<Promise<unknown>>()
  #isOver = false

  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  /** Nothing happens here any more: whatever a run has left behind stands still for good. */
  end(): void {
    this.#isOver = true
    this.#queue.length = 0
  }

  /** Runs `act` after so many virtual ms; returns a way to call it off. */
  after(ms: number, act: () => void): () => void {
    if (this.#isOver) return () => {}
    const event: Happening = { at: this.#now + Math.max(0, Math.round(ms)), order: this.#count++, act }
    this.#push(event)
    return () => {
      event.act = null
    }
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** Virtual time waits for this: it has no virtual duration, but takes real turns of the event loop. */
  await<T>(work: Promise<T>): Promise<T> {
    this.#outside.add(work)
    void work.finally(() => this.#outside.delete(work)).catch(() => {})
    return work
  }

  /** Lets the world go on until nothing is left to happen before `until`. */
  async run(until: number): Promise<void> {
    while (await this.#step(until));
    this.#now = Math.max(this.#now, until)
    await this.#settle()
  }

  /** Runs until the condition holds; false when it does not within so many virtual ms. */
  async runUntil(holds: () => boolean, most: number): Promise<boolean> {
    const end = this.#now + most
    for (;;) {
      await this.#settle()
      if (holds()) return true
      if (!(await this.#step(end))) return false
    }
  }

  async #step(until: number): Promise<boolean> {
    await this.#settle()
    for (let first = this.#queue[0]; first && first.at <= until; first = this.#queue[0]) {
      this.#pop()
      if (!first.act) continue
      this.#now = Math.max(this.#now, first.at)
      first.act()
      return true
    }
    return false
  }

  /** Every promise that can settle has settled: microtasks run to their end before a turn of the event loop. */
  async #settle(): Promise<void> {
    await turn()
    while (this.#outside.size > 0) {
      await Promise.allSettled(this.#outside)
      await turn()
    }
  }

  #push(event: Happening): void {
    const queue = this.#queue
    let at = queue.push(event) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.#swapIfLater(above, at)) break
      at = above
    }
  }

  #pop(): void {
    const queue = this.#queue
    const last = queue.pop()
    if (queue.length === 0 || !last) return
    queue[0] = last
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const child = right < queue.length && this.#isEarlier(right, left) ? right : left
      if (child >= queue.length || !this.#swapIfLater(at, child)) break
      at = child
    }
  }

  #swapIfLater(above: number, below: number): boolean {
    if (!this.#isEarlier(below, above)) return false
    const [a, b] = [this.#queue[above], this.#queue[below]]
    if (a && b) [this.#queue[above], this.#queue[below]] = [b, a]
    return true
  }

  #isEarlier(one: number, other: number): boolean {
    const [a, b] = [this.#queue[one], this.#queue[other]]
    if (!a || !b) return false
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
