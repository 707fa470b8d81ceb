import { isWellFormed } from './well-formed'

/** What travels and is hashed: JSON without surprises. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export function isJsonObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const mostParts = 20_000
const deepest = 16

/**
 * Whether every store and every wire carries this value unchanged: no half of a surrogate pair (CouchDB refuses the whole
 * bulk for one), no `__proto__` (stores drop it), and neither deep nor large enough to hurt.
 */
export function travelsUnchanged(value: unknown): boolean {
  let parts = 0
  const walk = (part: unknown, depth: number): boolean => {
    parts += 1
    if (parts > mostParts || depth > deepest) return false
    if (typeof part === 'string') return isWellFormed(part)
    if (typeof part !== 'object' || part === null) return true
    if (Array.isArray(part)) return part.every((item) => walk(item, depth + 1))
    const object = part as Readonly<Record<string, unknown>>
    return Object.keys(object).every(
      (key) => key !== '__proto__' && isWellFormed(key) && walk(object[key], depth + 1),
    )
  }
  return walk(value, 0)
}

/** The value with every text in the one spelling that travels: NFC, and no half of a surrogate pair. */
export function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\uFFFD').normalize('NFC')
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(wellFormed)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]))
}
