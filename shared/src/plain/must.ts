/** Returns the value, or throws where a missing one would be a fault of ours, never an expected answer. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`missing: ${what}`)
  return value
}
