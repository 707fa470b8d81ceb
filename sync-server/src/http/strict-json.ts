import express, { type Request, type RequestHandler } from 'express'
import { isWellFormed } from 'shared/plain/well-formed'
import { badRequest, unsupportedMediaType } from './errors'
import { jsonFault } from './json-fault'

const megabyte = 1_048_576
const small = 65_536

/** How much a request to this path may bring, inflated (O4). Only a push is large. */
export function mostBytesOf(path: string): number {
  return path === '/push' || path === '/pull' ? megabyte : small
}

/**
 * Reads the body of a write: JSON in UTF-8, of bounded size and depth, without tricks. Whatever else arrives is answered
 * with 4xx and nothing of it applied (O4). The limit counts inflated bytes, so that a gzip bomb stops early.
 */
export function strictJson(): RequestHandler[] {
  const readers = new Map<number, RequestHandler>()
  const read: RequestHandler = (req, res, next) => {
    if (!bringsBody(req)) {
      next()
      return
    }
    const type = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i
    if (!type.test(req.headers['content-type'] ?? ''))
      throw unsupportedMediaType('Send application/json in UTF-8.')
    const limit = mostBytesOf(req.path)
    const reader = readers.get(limit) ?? express.raw({ type: () => true, limit })
    readers.set(limit, reader)
    reader(req, res, next)
  }
  const parse: RequestHandler = (req, _res, next) => {
    if (bringsBody(req)) req.body = parseStrictly(req.body, req.path)
    next()
  }
  return [read, parse]
}

function bringsBody({ method }: Request): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH'
}

function parseStrictly(body: unknown, path: string): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) throw badRequest('The body is empty.')
  const text = decode(body)
  const fault = jsonFault(text)
  if (fault) throw badRequest(`The body has ${fault}.`)
  const value = parse(text)
  // An entry with half an emoji in it is refused alone, with a receipt: the rest of the push must not wait for it (O4).
  if (path !== '/push' && !isWellFormed(value)) throw badRequest('The body has half a surrogate pair.')
  return value
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw badRequest('The body is not UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('The body is not JSON.')
  }
}
