import request from 'supertest'
import { errorCodes } from 'shared/wire/errors'
import { headers, protocol } from 'shared/wire/version'
import { StoreUnavailable } from '../store/store'
import * as errors from './errors'
import { cookieIn, password, smallServer } from './small-server'

describe('every reply', () => {
  test('T1 tells the server’s time with its proof, the epoch and the protocol, also when it refuses', async () => {
    const { app, clock, epoch } = await smallServer()
    for (const path of ['/api/health', '/api/session', '/api/nowhere']) {
      const res = await request(app).get(path)
      expect(res.get(headers.time)).toBe(String(clock.now))
      expect(res.get(headers.token)).toMatch(/^[A-Za-z0-9_-]{16,}$/)
      expect(res.get(headers.epoch)).toBe(epoch())
      expect(res.get(headers.protocol)).toBe(String(protocol))
      expect(res.get('Cache-Control')).toBe('no-store')
    }
  })

  test('lets the browser run our own files and nothing else', async () => {
    const { app } = await smallServer()
    const res = await request(app).get('/api/health').expect(200)
    const policy = res.get('Content-Security-Policy') ?? ''
    for (const rule of ["default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'"]) {
      expect(policy).toContain(rule)
    }
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(res.get('X-Powered-By')).toBeUndefined()
    expect(res.get('X-Content-Type-Options')).toBe('nosniff')
    // Without TLS there is nothing to promise.
    expect(res.get('Strict-Transport-Security')).toBeUndefined()
  })

  test('a device of another protocol is told to reload', async () => {
    const { app } = await smallServer()
    for (const theirs of [protocol - 1, protocol + 1, 'x']) {
      const res = await request(app).get('/api/session').set(headers.protocol, String(theirs)).expect(426)
      expect(res.body.error).toBe('wrong-protocol')
    }
    await request(app).get('/api/health').set(headers.protocol, String(protocol)).expect(200)
  })

  test('a store that does not answer is 503 with a time to come again, and health says so', async () => {
    let down = false
    const onRead = () => {
      if (down) throw new StoreUnavailable('down')
    }
    const { app, signIn, clock } = await smallServer({ memory: { onRead } })
    const cookie = cookieIn(await signIn('t1').expect(200))
    down = true
    clock.now += 60_000
    const res = await request(app).get('/api/session').set('Cookie', cookie).expect(503)
    expect(res.body.error).toBe('store-unavailable')
    expect(res.get('Retry-After')).toBe('5')
    down = false
    await request(app).get('/api/session').set('Cookie', cookie).expect(200)
  })

  test('the log tells of requests without names, passwords, cookies or what was asked', async () => {
    const { app, signIn, logged } = await smallServer()
    const cookie = cookieIn(await signIn('t1').expect(200))
    await request(app).get('/api/history?sheet=s&cell=mark:answer:s1').set('Cookie', cookie)
    await request(app).delete('/api/sessions/nobody').set('Cookie', cookie)
    const text = JSON.stringify(logged)
    expect(text).toContain('"/api/session"')
    expect(text).toContain('"/api/sessions/:id"')
    for (const secret of [password, cookie.split('=')[1], 'Орлова', 'mark:answer', 'nobody', '"t1"']) {
      expect(text).not.toContain(secret)
    }
  })
})

describe('errors', () => {
  test('each code has the one function that makes it, and none is made that is not documented', () => {
    const made = [
      errors.badRequest(''),
      errors.notSignedIn(),
      errors.wrongLogin(),
      errors.forbidden(''),
      errors.notFound(),
      errors.tooLarge(),
      errors.unsupportedMediaType(''),
      errors.tooManyTries(1),
      errors.weakPassword(''),
      errors.wrongProtocol(1),
      errors.storeUnavailable(),
      errors.serverFault(),
    ].map(({ code }) => code)
    expect([...made].sort()).toEqual(Object.keys(errorCodes).sort())
  })
})
