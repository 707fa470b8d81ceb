import { Router } from 'express'
import { pullEnvelope } from 'shared/wire/pull'
import { parseBody } from '../http/parse-body'
import { journalOf, sessionOf } from '../http/signed-in'

/** `POST /pull`: what changed in the person's scope since the checkpoint. */
export function pullRoutes(): Router {
  const router = Router()
  router.post('/pull', async (req, res) => {
    const envelope = parseBody(pullEnvelope, req)
    res.json(await journalOf(res).pull(envelope, sessionOf(res).person, () => !res.destroyed))
  })
  return router
}
