/** What travels and is hashed: JSON without surprises. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export function isJsonObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
