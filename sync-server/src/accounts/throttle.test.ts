import request from 'supertest'
import { smallServer } from '../http/small-server'
import { countTry, limits } from './throttle'

describe('guessing passwords', () => {
  test('after ten wrong ones even the right one has to wait, and then opens', async () => {
    const { signIn, clock } = await smallServer()
    for (let i = 0; i < 10; i++) expect((await signIn('t1', { password: `wrong${i}` })).status).toBe(401)
    const blocked = await signIn('t1').expect(429)
    expect(blocked.body.error).toBe('too-many-tries')
    expect(Number(blocked.get('Retry-After'))).toBe(30)
    clock.now += 30_000
    expect((await signIn('t1')).status).toBe(200)
  })

  test('a restart forgives nothing', async () => {
    const { signIn, restarted } = await smallServer()
    for (let i = 0; i < 10; i++) expect((await signIn('t1', { password: `wrong${i}` })).status).toBe(401)
    const body = { login: 't1', password: 'x', device: { id: 'd', name: '' } }
    expect((await request(restarted().app).post('/api/session').send(body)).status).toBe(429)
  })

  test('thirty at once are no more than ten guesses', async () => {
    const { signIn, hashed } = await smallServer()
    const tries = await Promise.all(
      Array.from({ length: 30 }, (_, i) => signIn('t1', { password: `wrong${i}` })),
    )
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(hashed.matches).toBe(10)
  })

  test('whoever guesses from elsewhere does not lock out the device that signed in before', async () => {
    const { signIn } = await smallServer()
    expect((await signIn('t1')).status).toBe(200)
    const stranger = { id: 'stranger', name: '' }
    for (let i = 0; i < 10; i++)
      expect((await signIn('t1', { password: 'wrong', device: stranger })).status).toBe(401)
    expect((await signIn('t1', { device: stranger })).status).toBe(429)
    expect((await signIn('t1')).status).toBe(200)
  })

  test('an unknown login takes the same road as a known one: one hash, the same answer, the same limit', async () => {
    const { signIn, hashed } = await smallServer()
    const known = await signIn('t1', { password: 'wrong' }).expect(401)
    expect(hashed.matches).toBe(1)
    const unknown = await signIn('nobody', { password: 'wrong' }).expect(401)
    expect(hashed.matches).toBe(2)
    expect(unknown.body).toEqual(known.body)
    for (let i = 0; i < 9; i++) expect((await signIn('nobody', { password: 'wrong' })).status).toBe(401)
    expect((await signIn('nobody')).status).toBe(429)
  })

  test('one address may not go through all accounts', async () => {
    const { signIn, clock } = await smallServer()
    expect((await signIn('g1')).status).toBe(200)
    const free = limits.address.free
    for (let i = 0; i < free; i++) {
      const { status } = await signIn(`guess${i}`, { password: 'wrong' })
      expect(status).toBe(401)
    }
    expect((await signIn('t1')).status).toBe(429)
    // A device that signed in before is not held up by its neighbours.
    expect((await signIn('g1')).status).toBe(200)
    clock.now += 30_000
    expect((await signIn('t1')).status).toBe(200)
  })

  test('a morning in which the whole school signs in behind one address blocks nobody', async () => {
    const { signIn } = await smallServer()
    const logins = ['t1', 'g1', 't2']
    const devices = Array.from({ length: 25 }, (_, i) => ({ id: `tablet${i}`, name: '' }))
    const each = logins.flatMap((login) => devices.map((device) => ({ login, device })))
    expect(each.length).toBeGreaterThan(limits.address.free)
    for (const { login, device } of each) expect((await signIn(login, { device })).status).toBe(200)
    const wave = await Promise.all(each.map(({ login, device }) => signIn(login, { device })))
    expect(new Set(wave.map(({ status }) => status))).toEqual(new Set([200]))
  }, 20_000)

  test('waits double up to a quarter of an hour, and old tries are forgotten', () => {
    let tries = null
    const waits: number[] = []
    const now = 0
    for (let i = 0; i < 20; i++) {
      tries = countTry('t', tries, limits.account, now)
      waits.push(tries.blockedUntil === 0 ? 0 : (tries.blockedUntil - now) / 1000)
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900, 900])
    expect(countTry('t', tries, limits.account, limits.account.window).count).toBe(11)
    expect(countTry('t', tries, limits.account, 3 * limits.account.window).count).toBe(1)
  })
})
