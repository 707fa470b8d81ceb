import * as z from 'zod/mini'
import { roles } from '../people/directory-cells'

export const healthReply = z.strictObject({
  status: z.enum(['ok', 'starting', 'store-unavailable']),
  store: z.enum(['embedded', 'couchdb']),
  epoch: z.string(),
  protocol: z.int(),
  version: z.string(),
})

/** `GET /api/demo`: the demo's sign-ins, only while there is no school but the demo's own. */
export const demoReply = z.array(
  z.strictObject({
    login: z.string(),
    password: z.string(),
    name: z.string(),
    roles: z.array(z.union([z.enum(roles), z.enum(['homeroom', 'guardian', 'student'])])),
    note: z.string(),
  }),
)
export type DemoReply = z.infer<typeof demoReply>
