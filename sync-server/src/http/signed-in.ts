import type { RequestHandler, Response } from 'express'
import { must } from 'shared/plain/must'
import type { ServerJournal } from '../journal/port'
import type { Session, Sessions } from '../session/sessions'
import { forbidden, notSignedIn, storeUnavailable } from './errors'
import type { Journals } from './journals'
import { tokenOf } from './session-cookie'

/** Whose request this is. `signedIn` has put it into `res.locals.session`. */
export function sessionOf(res: Response): Session {
  return must(res.locals.session as Session | undefined, 'a session')
}

/** The journal of the session's school and year. `signedIn` has put it into `res.locals.journal`. */
export function journalOf(res: Response): ServerJournal {
  return must(res.locals.journal as ServerJournal | undefined, 'a journal')
}

/**
 * Lets only signed-in people pass, and opens their journal. An issued password opens nothing but its own change
 * (ACC-06): `mustChangePassword` people get no further than the account's own routes.
 */
export function signedIn(
  { sessions, journals }: { sessions: Sessions; journals: Journals },
  { withIssuedPassword = false } = {},
): RequestHandler {
  return async (req, res, next) => {
    const token = tokenOf(req)
    const session = token ? await sessions.find(token) : null
    if (!session) throw notSignedIn()
    if (session.mustChangePassword && !withIssuedPassword)
      throw forbidden('Choose a password of your own first.')
    const journal = await journals.get(session.db)
    if (!journal) throw storeUnavailable()
    res.locals.session = session
    res.locals.journal = journal
    next()
  }
}
