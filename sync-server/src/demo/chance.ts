/** Chance that is none: the same words give the same numbers, so a demo can be made again byte for byte. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  /** True with this probability. */
  happens(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** Normally distributed around 0 with deviation 1. */
  normal(): number
  /** 22 characters of base64url, as a salted text wants them (L1). */
  salt(): string
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[]
}

// Named once: a lookup of a global costs more than the multiplication.
const { imul, floor } = Math

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A stream of its own for these words. What one lesson draws does not move what another draws. */
export function chanceOf(...words: (string | number)[]): Chance {
  const next = generatorOf(words.join('\u0000'))
  const whole = (low: number, high: number) => low + floor(next() * (high - low + 1))
  return {
    next,
    whole,
    happens: (probability) => next() < probability,
    pick: (list) => {
      const item = list[floor(next() * list.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    salt: () => Array.from({ length: 22 }, () => alphabet[whole(0, 63)]).join(''),
    shuffled: (list) => {
      const items = [...list]
      for (let i = items.length - 1; i > 0; i--) {
        const j = whole(0, i)
        const moved = items[i]
        items[i] = items[j] as (typeof items)[number]
        items[j] = moved as (typeof items)[number]
      }
      return items
    },
  }
}

// sfc32, started from four FNV-like hashes of the words (public domain, Chris Doty-Humphrey).
function generatorOf(words: string): () => number {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef]
  for (let i = 0; i < words.length; i++) {
    const code = words.charCodeAt(i)
    a = imul(a ^ code, 0x01000193)
    b = imul(b ^ code, 0x85ebca6b) ^ (a >>> 7)
    c = imul(c ^ code, 0xc2b2ae35) ^ (b >>> 11)
    d = imul(d ^ code, 0x27d4eb2f) ^ (c >>> 13)
  }
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}
