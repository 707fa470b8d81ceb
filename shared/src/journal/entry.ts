import * as z from 'zod/mini'
import { hashOf } from '../plain/hash'
import type { Json } from '../plain/json'
import { databaseName, entryId, plainId } from './ids'
import { made, type Made } from './made'

/** One cell of the sheet, set. `base` lists the entries whose value the author saw there (C2). */
export interface Change<V = Json> {
  cell: string
  value: V
  base: string[]
}

/**
 * One immutable edit of one sheet by one person. The id is the hash of the canonical content, so the same id with
 * other content, or on another sheet, cannot exist. `n` counts the author's entries on that device.
 */
export interface Entry {
  id: string
  db: string
  sheet: string
  kind: string
  changes: Change[]
  author: string
  device: string
  n: number
  made: Made
  batch?: string | undefined
}

/**
 * Free text and personal fields travel with a salt: the ledger keeps only their commitment, the text lies beside it
 * and can be erased without breaking the chain (L1).
 */
export const salt = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))
export function textOf(most: number) {
  return z.strictObject({ text: z.string().check(z.minLength(1), z.maxLength(most)), salt })
}

export const mostChanges = 200
export const mostBases = 50

/** The part of an entry that is the same for every kind. */
export const commonFields = {
  id: entryId,
  db: databaseName,
  sheet: z.string().check(z.maxLength(120)),
  author: plainId,
  device: plainId,
  n: z.int().check(z.gte(1), z.lte(1e12)),
  made,
  batch: z.optional(plainId),
}

/** The shape of a change to cells of this pattern with values of this shape. */
export function changeOf<V extends z.ZodMiniType>(pattern: RegExp, value: V) {
  // In the order of their names: what is read in order is spelt for its hash at once.
  return z.strictObject({
    base: z.array(entryId).check(z.maxLength(mostBases)),
    cell: z.string().check(z.maxLength(120), z.regex(pattern)),
    value,
  })
}

/** The id an entry with this content must have. */
export function idOf(content: Omit<Entry, 'id'>): string {
  const { db, sheet, kind, changes, author, device, n, made, batch } = content
  const committed = changes.map(commitChange)
  // In the order of their names, which is the order they are spelt in.
  return hashOf({ author, batch: batch || undefined, changes: committed, db, device, kind, made, n, sheet })
}

/** The change with commitments in place of its salted parts: itself, where it has none. */
export function commitChange(change: Change): Change {
  const { base, cell, value } = change
  const committed = commit(value)
  return committed === value ? change : { base, cell, value: committed }
}

/** Completes an entry with its id. Nothing but the fields of an entry goes in, so that its own schema reads it back. */
export function sealEntry(content: Omit<Entry, 'id'>): Entry {
  const { db, sheet, kind, changes, author, device, n, made, batch } = content
  const sealed = { id: idOf(content), db, sheet, kind, changes, author, device, n, made }
  return batch ? { ...sealed, batch } : sealed
}

/** The value with every salted part replaced by `{ commitment }`. */
export function commit(value: Json): Json {
  return mapSalted(value, (part) => ({ commitment: hashOf(part) }))
}

/** The salted parts of a value, by their commitment: what lies beside the ledger (L1). */
export function saltedParts(value: Json): Record<string, Json> {
  const parts: Record<string, Json> = {}
  mapSalted(value, (part) => {
    parts[hashOf(part)] = part
    return part
  })
  return parts
}

/** The value with its commitments opened; an erased text stays `{ commitment }`. */
export function reveal(value: Json, texts: Readonly<Record<string, Json>>): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => reveal(item, texts))
  if (typeof value.commitment === 'string') {
    return Object.hasOwn(texts, value.commitment) ? (texts[value.commitment] ?? value) : value
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reveal(inner, texts)]))
}

function mapSalted(value: Json, replace: (part: Json) => Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => mapSalted(item, replace))
  if (typeof value.salt === 'string') return replace(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapSalted(inner, replace)]))
}
