import * as z from 'zod/mini'
import type { Standing } from '../journal/rollback'
import type { Day } from 'shared/journal/ids'
import type { Range } from 'shared/journal/scope'

/** A range that a device holds, and in what light its person sees it: another light is another reading (P-1). */
export interface Held extends Range {
  sight: string
}

/** A reading of ranges under way. */
export interface Reading {
  /** Which of the held ranges are read, by index. */
  todo: number[]
  /** The day from which the order of reading follows. */
  day: Day
  /** How far it has come: steps done, and the last id of the present step. */
  step: number
  after: string
  /** Only what is newer is sent: 0 for everything. */
  above: number
  /** Where incremental pulling goes on afterwards (P-2). */
  seq: string
  floor: number
}

/** What a device has come to. It keeps this without reading it; nothing in it gives a right. */
export interface Checkpoint {
  db: string
  feed: string
  epoch: string
  /** The life of the servers in which all that it says was true. */
  life: string
  /** Version of the rules of projection. */
  rules: number
  /** An entry of the device that stood in its ledger in this epoch: were it gone, the store was set back (O3). */
  seen: Standing | null
  seq: string
  /**
   * In a cluster: a sequence that every copy had reached before `seq` was handed out. What is read of a range that is new
   * may come from a copy that lags: changes go on from here then, not from `seq` (P-2).
   */
  safe: string | null
  /** What changed at or below this version was sent before. */
  floor: number
  /** When everything was read last, ms. */
  full: number
  held: Held[]
  /** Tags of sheets sent above the floor, eight characters each: not to be sent twice (P-4). */
  recent: string
  /** The newest version that a tag stands for: once the floor has come to it the floor says as much, and no tag is kept. */
  newest: number
  reading: Reading | null
}

const text = z.string().check(z.maxLength(2_000))
const stored = z.strictObject({
  v: z.literal(1),
  db: text,
  feed: text,
  epoch: text,
  life: text,
  rules: z.int(),
  seen: z.nullable(z.strictObject({ sheet: text, entry: text })),
  seq: text,
  safe: z.optional(text),
  floor: z.number(),
  full: z.number(),
  held: z.array(z.tuple([text, text, text])),
  recent: z.string(),
  newest: z.number(),
  reading: z.nullable(
    z.strictObject({
      todo: z.array(z.int().check(z.gte(0))),
      day: text,
      step: z.int().check(z.gte(0)),
      after: text,
      above: z.number(),
      seq: text,
      floor: z.number(),
    }),
  ),
})

/** Proves that a text is this server's own. */
export type ProofOf = (text: string) => string

/** Spells a checkpoint so that it is opaque and short: base64url of JSON, and the proof that it is ours. */
export function spell({ held, safe, ...rest }: Checkpoint, proofOf: ProofOf): string {
  const short = held.map(({ start, end, sight }): [string, string, string] => {
    if (end === start) return [start, '', sight]
    return [start, end === `${start}~` ? '~' : end, sight]
  })
  const text = Buffer.from(
    JSON.stringify({ v: 1, ...rest, ...(safe === null ? {} : { safe }), held: short }),
  ).toString('base64url')
  return `${text}.${proofOf(text)}`
}

/**
 * Reads a checkpoint; null for anything that this server did not write: the device starts over. No day, sequence or
 * range of somebody else's making ever reaches the store.
 */
export function read(checkpoint: string, proofOf: ProofOf): Checkpoint | null {
  const [text = '', proof] = checkpoint.split('.')
  if (proof !== proofOf(text)) return null
  const parsed = z.safeParse(stored, parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success) return null
  const { v: _version, held, safe = null, ...rest } = parsed.data
  const long = held.map(([start, end, sight]) => {
    if (end === '') return { start, end: start, sight }
    return { start, end: end === '~' ? `${start}~` : end, sight }
  })
  if (rest.reading?.todo.some((index) => index >= long.length)) return null
  return { ...rest, safe, held: long }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
