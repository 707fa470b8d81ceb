import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/**
 * A reference in a process of its own, so that its store or its connections cost our side nothing and its memory can be
 * read. It answers each question, a JSON value, with one.
 */
export class HelperProcess {
  readonly #child: ChildProcess
  #answers: ((answer: unknown) => void)[] = []
  #ended: Error | null = null
  #rejects: ((error: Error) => void)[] = []

  constructor(
    file: URL,
    { args = [], imports = [] }: { args?: readonly string[]; imports?: readonly string[] } = {},
  ) {
    this.#child = fork(file, args, {
      execArgv: ['tsx', ...imports].flatMap((name) => ['--import', name]),
      serialization: 'advanced',
    })
    this.#child.on('message', (answer) => {
      this.#rejects.shift()
      this.#answers.shift()?.(answer)
    })
    this.#child.once('exit', (code) => {
      this.#ended = new Error(`${file.pathname} ended with ${code}`)
      for (const reject of this.#rejects.splice(0)) reject(this.#ended)
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  ask<T>(question: unknown): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => {
      this.#answers.push((answer) => resolve(answer as T))
      this.#rejects.push(reject)
      this.#child.send(question as object)
    })
  }

  async end(): Promise<void> {
    if (this.#ended) return
    const exit = once(this.#child, 'exit')
    this.#rejects = []
    this.#child.kill()
    await exit
  }
}

/** The other end: answers questions one after another. */
export function answerQuestions<Q>(answer: (question: Q) => Promise<unknown>): void {
  let last: Promise<unknown> = Promise.resolve()
  process.on('message', (question: Q) => {
    last = last.then(async () => process.send?.(await answer(question)))
    // A reference that fails must not look like a slow one.
    last.catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : JSON.stringify(error)}\n`)
      process.exit(1)
    })
  })
  process.on('disconnect', () => process.exit(0))
}
