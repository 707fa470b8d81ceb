import type { RequestHandler } from 'express'

/**
 * No reply of the interface is ever kept, so nobody can have it already: Express would answer `If-None-Match: *` with an
 * empty 304 that no device asked for.
 */
export const unconditional: RequestHandler = (req, _res, next) => {
  delete req.headers['if-none-match']
  delete req.headers['if-modified-since']
  next()
}
