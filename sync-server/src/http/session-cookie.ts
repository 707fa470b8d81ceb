import type { Request, Response } from 'express'

// As long as browsers keep one. The server ends a session after 14 days without contact; the cookie must not end first.
const lifetimeDays = 400

// The prefix makes the browser refuse the cookie without Secure, with another path, or from a subdomain.
function cookieName(req: Request): string {
  return req.secure ? '__Host-zvonok' : 'zvonok'
}

/** The token a request carries, or null. */
export function tokenOf(req: Request): string | null {
  const name = cookieName(req)
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [key = '', value = ''] = pair.trim().split('=')
    if (key === name && /^[A-Za-z0-9_-]{43}$/.test(value)) return value
  }
  return null
}

function attributes(req: Request) {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: req.secure } as const
}

/** Hands the token to the browser; scripts never see it, other sites never send it. */
export function setToken(req: Request, res: Response, token: string): void {
  res.cookie(cookieName(req), token, { ...attributes(req), maxAge: lifetimeDays * 86_400_000 })
}

export function clearToken(req: Request, res: Response): void {
  res.clearCookie(cookieName(req), attributes(req))
}
