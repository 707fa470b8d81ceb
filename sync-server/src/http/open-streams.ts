import type { RequestHandler, Response } from 'express'
import onHeaders from 'on-headers'
import type { Session, Sessions } from '../session/sessions'
import { tokenOf } from './session-cookie'

/** How often a stream's session is confirmed: another server may have ended it. */
const confirmEvery = 30_000

/** Streams that are open, so that they end with the session they were opened in, and with the server. */
export interface OpenStreams {
  watch: RequestHandler
  endAll(): void
}

export function makeOpenStreams(sessions: Sessions): OpenStreams {
  const open = new Set<Response>()

  function follow(res: Response, token: string | null): void {
    open.add(res)
    const session = res.locals.session as Session | undefined
    const forget = session ? sessions.onEnd(session.id, () => res.end()) : () => undefined
    const timer = setInterval(() => {
      if (token)
        sessions.find(token).then(
          (found) => found ?? res.end(),
          () => undefined,
        )
    }, confirmEvery)
    timer.unref()
    res.on('close', () => {
      open.delete(res)
      forget()
      clearInterval(timer)
    })
  }

  return {
    watch: (req, res, next) => {
      onHeaders(res, () => {
        if (String(res.getHeader('content-type')).startsWith('text/event-stream')) follow(res, tokenOf(req))
      })
      next()
    },
    endAll: () => {
      for (const res of open) res.end()
    },
  }
}
