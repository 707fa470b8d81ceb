import * as z from 'zod/mini'

/** Every code an error reply can have, with its HTTP status. Each has a sentence in `client/src/text`. */
export const errorCodes = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-login': 401,
  forbidden: 403,
  'not-found': 404,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many-tries': 429,
  'weak-password': 422,
  'wrong-protocol': 426,
  'store-unavailable': 503,
  'server-fault': 500,
} as const
export type ErrorCode = keyof typeof errorCodes

/** Errors are `{ error: code, message }`. */
export const errorReply = z.strictObject({ error: z.string(), message: z.string() })
