import { Router } from 'express'
import { pushEnvelope } from 'shared/wire/push'
import { parseBody } from '../http/parse-body'
import { journalOf, sessionOf } from '../http/signed-in'

/** `POST /push`: entries in, receipts out. */
export function pushRoutes(): Router {
  const router = Router()
  router.post('/push', async (req, res) => {
    const envelope = parseBody(pushEnvelope, req)
    res.json(await journalOf(res).push(envelope, sessionOf(res).person))
  })
  return router
}
