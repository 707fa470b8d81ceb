import { Router } from 'express'
import { openApiDocument } from './document'

/** The interface's own description, for other programs. */
export function openApiRoutes(version: string): Router {
  const document = openApiDocument(version)
  const router = Router()
  router.get('/openapi.json', (_req, res) => {
    res.json(document)
  })
  return router
}
