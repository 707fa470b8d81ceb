import type { RequestHandler } from 'express'
import { forbidden } from './errors'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses writes that another site's page sends with this person's cookie. Browsers name the page in `Origin` and
 * `Sec-Fetch-Site`; a program that sends neither has no cookie of a browser to abuse.
 */
export const sameOriginOnly: RequestHandler = (req, _res, next) => {
  if (harmless.has(req.method)) {
    next()
    return
  }
  const site = req.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') throw forbidden('Only this site may write.')
  const { origin } = req.headers
  if (origin !== undefined && originHost(origin) !== req.host) throw forbidden('Only this site may write.')
  next()
}

function originHost(origin: string): string | null {
  try {
    const { protocol, host } = new URL(origin)
    return protocol === 'http:' || protocol === 'https:' ? host : null
  } catch {
    return null
  }
}
