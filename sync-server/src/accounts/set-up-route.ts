import { Router } from 'express'
import { setUp as setUpSchema } from 'shared/wire/set-up'
import { forbidden, notFound } from '../http/errors'
import { parseBody } from '../http/parse-body'
import { addressOf, type Throttle } from './throttle'
import { passwordFault } from './password-rules'
import type { SetUp } from './set-up'

/** Founding the first school of an empty store, with the code that the server printed at its start. */
export function setUpRoutes({ setUp, throttle }: { setUp: SetUp | null; throttle: Throttle }): Router {
  const router = Router()

  router.post('/set-up', async (req, res) => {
    const wish = parseBody(setUpSchema, req)
    if (!setUp || !(await setUp.isOpen())) throw notFound('This server has its school already.')
    const attempt = { login: 'set-up', knownDevice: null, address: addressOf(req.ip) }
    await throttle.take(attempt)
    if (!setUp.isCode(wish.code)) {
      await throttle.blame(attempt)
      throw forbidden('The code is the one that the server printed when it started.')
    }
    await throttle.forgive(attempt)
    const fault = passwordFault(wish.password, wish.login)
    if (fault) throw fault
    res.status(201).json({ db: await setUp.found(wish) })
  })

  return router
}
