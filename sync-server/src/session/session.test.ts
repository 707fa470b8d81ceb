import request from 'supertest'
import { cookieIn, device, password, smallServer } from '../http/small-server'

const day = 86_400_000

describe('the life of a session', () => {
  test('ACC-01 signing in tells who one is; the token is 256 bits in a cookie that scripts and other sites do not get', async () => {
    const { signIn } = await smallServer()
    const res = await signIn(' T1 ').expect(200)
    expect(res.body).toMatchObject({
      person: 't1',
      name: 'Орлова Мария Викторовна',
      db: 'journal-test-2026',
      school: 'Школа 1',
      zone: 'Europe/Moscow',
      roles: ['teacher'],
      children: [],
      mustChangePassword: false,
    })
    expect(res.get('Set-Cookie')?.[0]).toMatch(
      /^zvonok=[A-Za-z0-9_-]{43}; Max-Age=34560000; Path=\/; .*HttpOnly; SameSite=Strict$/,
    )
  })

  test('behind TLS the cookie is Secure and bound to this very host', async () => {
    const { signIn, app } = await smallServer()
    const res = await signIn('t1').set('X-Forwarded-Proto', 'https').expect(200)
    expect(res.get('Set-Cookie')?.[0]).toMatch(/^__Host-zvonok=.*; Secure/)
    expect(res.get('Strict-Transport-Security')).toBeDefined()
    const cookie = cookieIn(res)
    expect(
      (await request(app).get('/api/session').set('Cookie', cookie).set('X-Forwarded-Proto', 'https')).status,
    ).toBe(200)
    await request(app)
      .get('/api/session')
      .set('Cookie', cookie.replace('__Host-', ''))
      .set('X-Forwarded-Proto', 'https')
      .expect(401)
  })

  test('the store never holds a token', async () => {
    const { cookieOf, store } = await smallServer()
    const token = (await cookieOf('t1')).split('=')[1]
    const all = JSON.stringify(await store.range('a', 'z~', 1000))
    expect(all).toContain('session:')
    expect(all).not.toContain(token)
    expect(all).not.toContain(password)
  })

  test('signed in, then out: the cookie opens nothing any more, and signing out twice is signing out', async () => {
    const { cookieOf, app, store } = await smallServer()
    const cookie = await cookieOf('t1')
    expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(200)
    expect((await request(app).delete('/api/session').set('Cookie', cookie)).status).toBe(204)
    expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(401)
    expect((await request(app).delete('/api/session').set('Cookie', cookie)).status).toBe(204)
    expect(JSON.stringify(await store.range('session:', 'session:~', 10))).not.toContain(device.name)
  })

  test('it lives 14 days after the last contact, not after the first', async () => {
    const { cookieOf, app, clock } = await smallServer()
    const cookie = await cookieOf('t1')
    clock.now += 13 * day
    expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(200)
    clock.now += 13 * day
    expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(200)
    clock.now += 14 * day
    expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(401)
  })

  test('it outlives a restart of the server', async () => {
    const { cookieOf, restarted } = await smallServer()
    const cookie = await cookieOf('t1')
    expect((await request(restarted().app).get('/api/session').set('Cookie', cookie)).status).toBe(200)
  })

  test('A3 a session ended on one server is ended on another within 5 s', async () => {
    const { cookieOf, app, restarted, clock } = await smallServer()
    const other = restarted().app
    const cookie = await cookieOf('t1')
    expect((await request(other).get('/api/session').set('Cookie', cookie)).status).toBe(200)
    expect((await request(app).delete('/api/session').set('Cookie', cookie)).status).toBe(204)
    clock.now += 5000
    expect((await request(other).get('/api/session').set('Cookie', cookie)).status).toBe(401)
  })

  test('another person signing in on a shared tablet ends the session whose cookie is replaced', async () => {
    const { cookieOf, signIn, app } = await smallServer()
    const first = await cookieOf('t1')
    expect((await signIn('g1').set('Cookie', first)).status).toBe(200)
    expect((await request(app).get('/api/session').set('Cookie', first)).status).toBe(401)
  })
})

describe('ACC-21 one’s own sessions', () => {
  test('are listed with their devices, and each can be ended, but nobody else’s', async () => {
    const { cookieOf, app } = await smallServer()
    const here = await cookieOf('t1')
    const there = await cookieOf('t1', { device: { id: 'phone', name: 'Телефон' } })
    const stranger = await cookieOf('g1')
    const list = await request(app).get('/api/sessions').set('Cookie', here).expect(200)
    const sessions = list.body.sessions as { id: string; device: string; current: boolean }[]
    expect(sessions.map(({ device: name, current }) => `${name} ${current}`).sort()).toEqual([
      'Планшет 204 true',
      'Телефон false',
    ])
    const phone = sessions.find(({ current }) => !current)
    expect((await request(app).delete(`/api/sessions/${phone?.id}`).set('Cookie', stranger)).status).toBe(404)
    expect((await request(app).get('/api/session').set('Cookie', there)).status).toBe(200)
    expect((await request(app).delete(`/api/sessions/${phone?.id}`).set('Cookie', here)).status).toBe(204)
    expect((await request(app).get('/api/session').set('Cookie', there)).status).toBe(401)
    expect((await request(app).get('/api/session').set('Cookie', here)).status).toBe(200)
  })
})

describe('passwords', () => {
  const change = (app: Parameters<typeof request>[0], cookie: string, old: string, chosen: string) =>
    request(app).post('/api/password').set('Cookie', cookie).send({ old, new: chosen })

  test('changing it ends every other session, and the old one opens nothing', async () => {
    const { cookieOf, signIn, app } = await smallServer()
    const here = await cookieOf('t1')
    const there = await cookieOf('t1', { device: { id: 'phone', name: 'Телефон' } })
    expect((await change(app, here, password, 'новый-пароль-Орловой')).status).toBe(204)
    expect((await request(app).get('/api/session').set('Cookie', here)).status).toBe(200)
    expect((await request(app).get('/api/session').set('Cookie', there)).status).toBe(401)
    expect((await signIn('t1')).status).toBe(401)
    expect((await signIn('t1', { password: 'новый-пароль-Орловой' })).status).toBe(200)
  })

  test.each(['short', 'password', 'Пароль123', 'солнышко77', 'qwertyuiop!', '11112222', password])(
    'a weak or the old one is refused: %s',
    async (chosen) => {
      const { cookieOf, app } = await smallServer()
      const res = await change(app, await cookieOf('t1'), password, chosen).expect(422)
      expect(res.body.error).toBe('weak-password')
    },
  )

  test('without the old one nothing changes', async () => {
    const { cookieOf, signIn, app } = await smallServer()
    const res = await change(app, await cookieOf('t1'), 'не тот', 'новый-пароль-Орловой').expect(401)
    expect(res.body.error).toBe('wrong-login')
    expect((await signIn('t1')).status).toBe(200)
  })

  test('ACC-06 an issued one opens one session, to choose an own one in, and no journal', async () => {
    const { signIn, app } = await smallServer()
    const first = await signIn('t2').expect(200)
    expect(first.body.mustChangePassword).toBe(true)
    const second = cookieIn(await signIn('t2').expect(200))
    expect((await request(app).get('/api/session').set('Cookie', cookieIn(first))).status).toBe(401)
    const push = () => request(app).post('/api/push').set('Cookie', second).send({ entries: [] })
    expect((await push().expect(403)).body.error).toBe('forbidden')
    expect((await change(app, second, password, 'мой-собственный-77')).status).toBe(204)
    const session = await request(app).get('/api/session').set('Cookie', second).expect(200)
    expect(session.body.mustChangePassword).toBe(false)
    expect((await push()).status).not.toBe(403)
  })
})
