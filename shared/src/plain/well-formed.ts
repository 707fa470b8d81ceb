/**
 * Whether every text in a JSON value can be written as UTF-8. Half a surrogate pair, as cutting an emoji leaves it,
 * cannot: no store takes it.
 */
export function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return isWhole(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isWellFormed)
  return Object.entries(value).every(([key, inner]) => isWellFormed(key) && isWellFormed(inner))
}

// Browsers have it since 2023; the expression says the same, ten times as slowly.
const isWhole: (text: string) => boolean =
  'isWellFormed' in String.prototype ? (text) => text.isWellFormed() : (text) => !/\p{Cs}/u.test(text)
