import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

/**
 * One line a request: what, how it ended, how long. No names, no bodies, no query (a cell's name holds a student's id),
 * and of a path under the interface only its pattern.
 */
export function requestLog(log: Pick<Logger, 'info'>, now: () => number): RequestHandler {
  return (req, res, next) => {
    const start = now()
    const api = req.path.startsWith('/api/')
    res.on('close', () => {
      if (!api && res.statusCode < 400) return
      const pattern: unknown = req.route
      log.info(
        {
          method: req.method,
          path: api ? patternOf(pattern) : 'page',
          status: res.statusCode,
          ms: Math.round(now() - start),
          ...(res.writableFinished ? {} : { cut: true }),
        },
        'request',
      )
    })
    next()
  }
}

function patternOf(route: unknown): string {
  const known =
    typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string'
  return known ? `/api${String(route.path)}` : '/api/…'
}
