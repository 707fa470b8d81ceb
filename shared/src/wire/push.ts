import * as z from 'zod/mini'
import { clockReading } from '../journal/made'
import { receipt } from '../journal/receipt'

export const mostEntriesAPush = 100

/**
 * `POST /api/push`. The envelope is strict; each entry in it is parsed and judged alone (O4). `clock` is what the
 * device's clocks say as it sends (T2). `receipts` go along with entries offered again after the store was set back (O3).
 */
export const pushEnvelope = z.strictObject({
  entries: z.array(z.unknown()).check(z.maxLength(mostEntriesAPush)),
  clock: z.optional(clockReading),
  receipts: z.optional(z.array(receipt).check(z.maxLength(mostEntriesAPush))),
})
export type PushEnvelope = z.infer<typeof pushEnvelope>

/** One receipt an entry, in the order of the entries. A broken one's `entry` is the id it claimed, or empty. */
export const pushReply = z.strictObject({ receipts: z.array(receipt) })
export type PushReply = z.infer<typeof pushReply>
