import * as z from 'zod/mini'
import { admission, capacities } from '../journal/receipt'
import { interval } from '../journal/made'

/** `GET /api/history?sheet=&cell=`: every entry ever made on a cell, in order of arrival (LES-23, DDL-17). */
export const historyReply = z.strictObject({
  entries: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      value: z.json(),
      base: z.array(z.string()),
      author: z.string(),
      device: z.string(),
      made: interval,
      received: z.int(),
      capacity: z.enum(capacities),
      admission,
      standing: z.json(),
    }),
  ),
})
export type HistoryReply = z.infer<typeof historyReply>
