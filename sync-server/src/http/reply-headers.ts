import type { RequestHandler } from 'express'
import onHeaders from 'on-headers'
import { headers, protocol } from 'shared/wire/version'
import type { ServerJournal, Signer } from '../journal/port'
import { wrongProtocol } from './errors'

/**
 * What every reply of the interface tells besides its body: the server's time with its proof (T1), the epoch (O3), the
 * protocol. They are set as the reply leaves, so that a long pull does not carry an old time.
 */
export function replyHeaders(deps: {
  signer: Pick<Signer, 'timeToken'>
  now: () => number
  /** The epoch before anybody is known: that of the only school, or empty. */
  epoch: () => string
}): RequestHandler {
  return (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    onHeaders(res, () => {
      const time = Math.round(deps.now())
      const journal = res.locals.journal as ServerJournal | undefined
      res.setHeader(headers.time, String(time))
      res.setHeader(headers.token, deps.signer.timeToken(time))
      res.setHeader(headers.epoch, journal?.epoch() ?? deps.epoch())
      res.setHeader(headers.protocol, String(protocol))
    })
    next()
  }
}

/** A device that says it speaks another protocol is told to reload; one that says nothing is taken at its word. */
export const sameProtocol: RequestHandler = (req, _res, next) => {
  const theirs = req.get(headers.protocol)
  if (theirs !== undefined && theirs !== String(protocol)) throw wrongProtocol(protocol)
  next()
}
