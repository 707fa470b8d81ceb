import { Worker } from 'node:worker_threads'

/** How strong a hash is made: argon2's own names. */
export type Strength = Record<'memoryCost' | 'timeCost' | 'parallelism' | 'algorithm' | 'outputLen', number>

/** What a thread does: makes a hash, or holds a password against one. */
export type HashTask = { password: string; options: Strength } | { password: string; hash: string }

/** A thread that hashes one password at a time. It begins with the first, and keeps no process alive while it has none. */
export class HashThread {
  #worker: Worker | null = null

  /** One task at a time: the caller waits for the answer before it asks again. */
  ask<R>(task: HashTask): Promise<R> {
    // What the server's own thread is started with (a loader, a profiler) is nothing to this one.
    this.#worker ??= new Worker(new URL('./hash-worker.mjs', import.meta.url), { execArgv: [] })
    const worker = this.#worker
    worker.ref()
    return new Promise<R>((resolve, reject) => {
      const end = () => {
        worker.off('message', answered).off('error', failed).off('exit', left)
        worker.unref()
      }
      const answered = (answer: R) => {
        end()
        resolve(answer)
      }
      const failed = (error: Error) => {
        end()
        // The next password finds a new thread.
        this.#worker = null
        reject(error)
      }
      const left = () => failed(new Error('the thread that hashes passwords has ended'))
      worker.on('message', answered).on('error', failed).on('exit', left)
      worker.postMessage(task, [])
    })
  }
}
