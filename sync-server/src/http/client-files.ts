import express, { Router } from 'express'
import { join } from 'node:path'
import { notFound } from './errors'

const year = 31_536_000

/**
 * The built application. What carries a hash in its name never changes; the page and the service worker are asked for
 * every time, or an update would never arrive. Every other address is the page's own: it draws it.
 */
export function clientFiles(folder: string): Router {
  const router = Router()
  router.use(
    express.static(folder, {
      index: false,
      setHeaders: (res, path) => {
        const hashed = /[/\\]assets[/\\]/.test(path)
        res.setHeader('Cache-Control', hashed ? `public, max-age=${year}, immutable` : 'no-cache')
      },
    }),
  )
  router.get('/{*address}', (req, res, next) => {
    // A missing script must not be answered with a page.
    if (/\.[a-z0-9]{1,12}$/i.test(req.path)) throw notFound()
    res.set('Cache-Control', 'no-cache')
    res.sendFile(join(folder, 'index.html'), (error) => {
      if (error) next(notFound('The application is not built: npm run build.'))
    })
  })
  return router
}
