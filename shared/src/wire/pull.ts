import * as z from 'zod/mini'
import { plainId } from '../journal/ids'
import { projectedSheet, type ProjectedSheet } from '../journal/project'
import { receipt } from '../journal/receipt'

export const mostSheetsAPull = 500
/** Whoever substitutes every day of a year holds a thousand single lessons, each named in the checkpoint. */
const longestCheckpoint = 200_000

/**
 * `POST /api/pull`. `checkpoint` is opaque, null at first. `newest` is the newest receipt the device keeps: one that its
 * ledger lacks proves that the store was set back (O3). `open` are sections asked for by those who may read all (P-5).
 */
export const pullEnvelope = z.strictObject({
  checkpoint: z.nullable(z.string().check(z.maxLength(longestCheckpoint))),
  limit: z.int().check(z.gte(1), z.lte(mostSheetsAPull)),
  newest: z.optional(receipt),
  open: z.optional(z.array(plainId).check(z.maxLength(50))),
})
export type PullEnvelope = z.infer<typeof pullEnvelope>

/** `gone` are ranges `[start, end]` of sheet ids that the device no longer holds. `total`: sheets still to come, about. */
export const pullReply = z.strictObject({
  sheets: z.array(projectedSheet),
  gone: z.array(z.tuple([z.string(), z.string()])),
  checkpoint: z.string(),
  more: z.boolean(),
  total: z.optional(z.int()),
})
export interface PullReply {
  sheets: ProjectedSheet[]
  gone: [string, string][]
  checkpoint: string
  more: boolean
  total?: number | undefined
}
