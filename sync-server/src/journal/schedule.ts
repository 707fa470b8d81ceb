/** Runs a task once, so many ms later; the answer calls it off. The simulation brings virtual time. */
export type Schedule = (ms: number, task: () => void) => () => void

/** Real time. A waiting task does not keep the process alive. */
export const realSchedule: Schedule = (ms, task) => {
  const timer = setTimeout(task, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/** Milliseconds by a clock that nobody sets. */
export function realElapsed(): number {
  return performance.now()
}

export function sleep(schedule: Schedule, ms: number): Promise<void> {
  return new Promise((resolve) => void schedule(ms, resolve))
}

/** Does the work again and again, so many ms after it was done; never twice at once. The answer ends it. */
export function repeat(schedule: Schedule, ms: number, work: () => Promise<void>): () => void {
  let ended = false
  let cancel = () => {}
  const next = () => {
    if (!ended) cancel = schedule(ms, () => void turn())
  }
  const turn = async () => {
    await work()
    next()
  }
  next()
  return () => {
    ended = true
    cancel()
  }
}
