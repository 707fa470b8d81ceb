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
  const open = new Map<Response, string | null>()
  let timer: NodeJS.Timeout | null = null

  function follow(res: Response, token: string | null): void {
    open.set(res, token)
    const session = res.locals.session as Session | undefined
    const forget = session ? sessions.onEnd(session.id, () => res.end()) : () => undefined
    timer ??= setInterval(() => void confirmAll(), confirmEvery).unref()
    res.on('close', () => {
      open.delete(res)
      forget()
      if (open.size > 0 || !timer) return
      clearInterval(timer)
      timer = null
    })
  }

  // One after another: what a thousand streams ask of the store must not stand before those who write.
  async function confirmAll(): Promise<void> {
    for (const [res, token] of open) {
      if (!token || !open.has(res)) continue
      // A store that cannot be asked now is asked again.
      const found = await sessions.find(token).catch(() => undefined)
      if (found === null) res.end()
    }
  }

  return {
    watch: (req, res, next) => {
      onHeaders(res, () => {
        if (String(res.getHeader('content-type')).startsWith('text/event-stream')) follow(res, tokenOf(req))
      })
      next()
    },
    endAll: () => {
      for (const res of open.keys()) res.end()
    },
  }
}
