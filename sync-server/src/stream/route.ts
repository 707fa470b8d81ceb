import { Router } from 'express'
import { journalOf, sessionOf } from '../http/signed-in'
import { realSchedule, repeat, type Schedule } from '../journal/schedule'

/** How often a silent stream says something, so that nothing on the way takes it for dead (ms). */
const heartbeat = 20_000

/** `GET /stream`: server-sent events that say "there may be news, pull"; the first comes at once. */
export function streamRoutes({ schedule = realSchedule }: { schedule?: Schedule } = {}): Router {
  const router = Router()
  router.get('/stream', (_req, res) => {
    res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
    res.flushHeaders()
    const tell = () => void res.write('event: news\ndata: {}\n\n')
    const unfollow = journalOf(res).follow(sessionOf(res).person, tell)
    const still = repeat(schedule, heartbeat, async () => void res.write(': still here\n\n'))
    res.on('close', () => {
      unfollow()
      still()
    })
    res.write('retry: 5000\n\n')
    tell()
  })
  return router
}
