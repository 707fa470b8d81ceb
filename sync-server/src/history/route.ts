import { Router } from 'express'
import { addressOf } from 'shared/journal/ids'
import { badRequest, forbidden } from '../http/errors'
import { journalOf, sessionOf } from '../http/signed-in'

/** `GET /history?sheet=&cell=`: every entry ever made on one cell, for those who may read the whole sheet. */
export function historyRoutes(): Router {
  const router = Router()
  router.get('/history', async (req, res) => {
    const { sheet, cell } = req.query
    if (typeof sheet !== 'string' || typeof cell !== 'string')
      throw badRequest('Name one sheet and one cell.')
    if (!addressOf(sheet)) throw badRequest('No sheet can have this id.')
    const history = await journalOf(res).history(sheet, cell, sessionOf(res).person)
    if (!history) throw forbidden('This cell’s history is not yours to read.')
    res.json(history)
  })
  return router
}
