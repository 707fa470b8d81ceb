import { hash, verify } from '@node-rs/argon2'
import { tooManyTries } from '../http/errors'

/** Argon2id, m = 19 MiB, t = 2, p = 1: the least that OWASP names. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 2, outputLen: 32 }

export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Takes as long for null, an unknown login, as for a known one. */
  matches(hash: string | null, password: string): Promise<boolean>
}

export interface HashingLimits {
  /** Each takes 19 MiB and a core. */
  parallel: number
  waiting: number
}

/** Hashes few at a time, the others in line: a wave of sign-ins neither eats the memory nor starves the pushes. */
export function makeHasher(
  { parallel, waiting }: HashingLimits = { parallel: 2, waiting: 400 },
): PasswordHasher {
  const line: (() => void)[] = []
  let running = 0

  async function inLine<R>(work: () => Promise<R>): Promise<R> {
    if (running >= parallel) {
      if (line.length >= waiting) throw tooManyTries(10)
      await new Promise<void>((resolve) => line.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else running--
    }
  }

  const nobody = hash('a password that nobody has', strength)
  return {
    hash: (password) => inLine(() => hash(password.normalize('NFKC'), strength)),
    matches: (stored, password) =>
      inLine(async () => {
        const right = await verify(stored ?? (await nobody), password.normalize('NFKC'))
        return right && stored !== null
      }),
  }
}
