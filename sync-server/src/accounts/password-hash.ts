import { availableParallelism } from 'node:os'
import { tooManyTries } from '../http/errors'
import { HashThread, type Strength } from './hash-thread'

/** Argon2id, m = 19 MiB, t = 2, p = 1: the least that OWASP names. */
const strength: Strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 2, outputLen: 32 }

export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Takes as long for null, an unknown login, as for a known one. */
  matches(hash: string | null, password: string): Promise<boolean>
}

/** Of two cores one is for those who write; more than two at a time, of 19 MiB each, nobody needs. */
const parallel = availableParallelism() > 2 ? 2 : 1
const mostWaiting = 400

// Of the whole process, however many hashers there are.
const free = Array.from({ length: parallel }, () => new HashThread())
const line: ((thread: HashThread) => void)[] = []

async function inLine<R>(work: (thread: HashThread) => Promise<R>): Promise<R> {
  if (free.length === 0 && line.length >= mostWaiting) throw tooManyTries(10)
  const thread = free.pop() ?? (await new Promise<HashThread>((resolve) => line.push(resolve)))
  try {
    return await work(thread)
  } finally {
    const next = line.shift()
    if (next) next(thread)
    else free.push(thread)
  }
}

function hash(password: string): Promise<string> {
  return inLine((thread) => thread.ask<string>({ password: password.normalize('NFKC'), options: strength }))
}

function verify(known: string, password: string): Promise<boolean> {
  return inLine((thread) => thread.ask<boolean>({ password: password.normalize('NFKC'), hash: known }))
}

/** Hashes few at a time, the others in line: a wave of sign-ins neither eats the memory nor starves the pushes. */
export function makeHasher(): PasswordHasher {
  let nobody: Promise<string> | null = null
  return {
    hash,
    async matches(stored, password) {
      // Made with the first sign-in, whosever it is, so that an unknown login takes no longer.
      const unknown = await (nobody ??= hash('a password that nobody has').catch((error: unknown) => {
        // Whoever comes next tries again: one bad moment must not shut the door for good.
        nobody = null
        throw error
      }))
      return (await verify(stored ?? unknown, password)) && stored !== null
    },
  }
}
