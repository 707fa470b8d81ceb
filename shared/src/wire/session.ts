import * as z from 'zod/mini'
import { plainId } from '../journal/ids'
import { roles } from '../people/directory-cells'

export const leastPassword = 8
export const mostPassword = 128

const password = z.string().check(z.minLength(1), z.maxLength(mostPassword))

/** `POST /api/session`. */
export const signIn = z.strictObject({
  login: z.string().check(z.minLength(1), z.maxLength(80)),
  password,
  device: z.strictObject({ id: plainId, name: z.string().check(z.maxLength(80)) }),
})
export type SignIn = z.infer<typeof signIn>

/** Who is signed in: the reply of `POST` and `GET /api/session`. */
export const sessionReply = z.strictObject({
  person: plainId,
  name: z.string(),
  db: z.string(),
  school: z.string(),
  zone: z.string(),
  roles: z.array(z.enum(roles)),
  /** Own children, or oneself for a student. */
  children: z.array(plainId),
  mustChangePassword: z.boolean(),
  /** Ed25519 public key that receipts are signed with, base64url. */
  key: z.string(),
  session: z.string(),
})
export type SessionReply = z.infer<typeof sessionReply>

/** `POST /api/password`: a new one for the person signed in. */
export const changePassword = z.strictObject({
  old: password,
  new: z.string().check(z.minLength(leastPassword), z.maxLength(mostPassword)),
})

/** `GET /api/sessions`: where this person is signed in. */
export const sessionsReply = z.strictObject({
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      device: z.string(),
      created: z.int(),
      seen: z.int(),
      current: z.boolean(),
    }),
  ),
})
export type SessionsReply = z.infer<typeof sessionsReply>
