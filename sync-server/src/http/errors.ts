import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { errorCodes, type ErrorCode } from 'shared/wire/errors'
import { StoreUnavailable } from '../store/store'

/** A "no" to a whole request. `message` is for programmers and logs: people read the sentence of the code. */
export class Refused extends Error {
  override name = 'Refused'
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }
}

export const badRequest = (message: string) => new Refused('bad-request', message)
export const notSignedIn = () => new Refused('not-signed-in', 'Sign in first.')
/** The same for an unknown login and a wrong password: nobody learns which logins exist. */
export const wrongLogin = () => new Refused('wrong-login', 'Login and password do not match.')
export const forbidden = (message: string) => new Refused('forbidden', message)
export const notFound = (message = 'There is nothing here.') => new Refused('not-found', message)
export const tooLarge = () => new Refused('too-large', 'The request is larger than the server reads.')
export const unsupportedMediaType = (message: string) => new Refused('unsupported-media-type', message)
export const tooManyTries = (seconds: number) =>
  new Refused('too-many-tries', `Try again in ${seconds} s.`, seconds)
export const weakPassword = (message: string) => new Refused('weak-password', message)
export const wrongProtocol = (ours: number) =>
  new Refused('wrong-protocol', `This server speaks protocol ${ours}: reload the application.`)
export const storeUnavailable = () =>
  new Refused('store-unavailable', 'The store does not answer. Nothing was lost; try again.', 5)
export const serverFault = () => new Refused('server-fault', 'Something broke here. It is in the log.')

/** The one place where an error becomes an answer. Only what nobody foresaw is logged with its stack. */
export function answerErrors(log: Pick<Logger, 'error' | 'warn'>): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const refused = refusalOf(error)
    if (refused.code === 'server-fault') log.error({ error: faultOf(error), path: req.path }, 'server fault')
    if (refused.code === 'store-unavailable') log.warn({ path: req.path }, 'store unavailable')
    // A stream has begun: the connection can only be cut, and the device comes again.
    if (res.headersSent) {
      next(error)
      return
    }
    if (refused.retryAfterSeconds !== undefined) res.set('Retry-After', String(refused.retryAfterSeconds))
    res.status(errorCodes[refused.code]).json({ error: refused.code, message: refused.message })
  }
}

function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error
  if (error instanceof StoreUnavailable) return storeUnavailable()
  // Errors of Express and of its body reader carry a status of their own.
  switch (statusOf(error)) {
    case null:
      return serverFault()
    case 413:
      return tooLarge()
    case 415:
      return unsupportedMediaType('The body has a charset or an encoding that the server does not read.')
    default:
      return badRequest('The request could not be read.')
  }
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : null
}

// A fault's message may quote what somebody wrote, so only where it broke is logged.
function faultOf(error: unknown): { name: string; at: string } {
  if (!(error instanceof Error)) return { name: typeof error, at: '' }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, at: frames.slice(0, 8).join('\n') }
}
