import { Router, type Response } from 'express'
import { journalOf, sessionOf } from '../http/signed-in'
import { realSchedule, repeat, type Schedule } from '../journal/schedule'

/** How often a silent stream says something, so that nothing on the way takes it for dead (ms). */
const heartbeat = 20_000

/** `GET /stream`: server-sent events that say "there may be news, pull"; the first comes at once. */
export function streamRoutes({ schedule = realSchedule }: { schedule?: Schedule } = {}): Router {
  const router = Router()
  const open = new Set<Response>()
  let still: (() => void) | null = null

  // One beat for all: a timer for each would be a thousand timers.
  function join(res: Response): void {
    open.add(res)
    still ??= repeat(schedule, heartbeat, async () => {
      for (const stream of open) stream.write(': still here\n\n')
    })
  }
  function leave(res: Response): void {
    open.delete(res)
    if (open.size > 0) return
    still?.()
    still = null
  }

  router.get('/stream', (req, res) => {
    // They left while their session was looked up: their end has been told already, and will not be told again.
    if (res.destroyed) return
    // A tablet keeps its stream open all day, and the server keeps its head: what guards pages is nothing to it.
    for (const name of res.getHeaderNames()) if (name !== 'cache-control') res.removeHeader(name)
    res.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      'X-Content-Type-Options': 'nosniff',
      // It lasts as long as its connection: no lengths need to be written around each of its news.
      Connection: 'close',
    })
    res.removeHeader('Transfer-Encoding')
    res.flushHeaders()
    const tell = () => void res.write('event: news\ndata: {}\n\n')
    const unfollow = journalOf(res).follow(sessionOf(res).person, tell)
    join(res)
    res.on('close', () => {
      unfollow()
      leave(res)
    })
    res.write('retry: 5000\n\n')
    tell()
    // Express keeps the chain of a request's handlers and what they left for each other: nobody asks for that any more.
    Object.assign(req, { next: undefined })
    res.locals = {}
  })
  return router
}
