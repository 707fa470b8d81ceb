import request from 'supertest'
import { operations } from '../openapi/operations'
import { smallServer } from './small-server'

const forged: [string, Record<string, string>][] = [
  ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
  ['another site, by an old browser', { Origin: 'https://evil.example' }],
  ['a neighbour under the same domain', { 'Sec-Fetch-Site': 'same-site' }],
  ['no origin that could be named', { Origin: 'null' }],
  ['another port', { Origin: 'http://127.0.0.1:1' }],
  ['an extension', { Origin: 'chrome-extension://abcdef', 'Sec-Fetch-Site': 'none' }],
  ['no address at all', { Origin: 'evil' }],
]

describe('a page of another site writes nothing with somebody’s cookie', () => {
  const writes = operations.filter(({ method }) => method !== 'get')
  test.each(writes.map(({ method, path }) => [method, path] as const))('%s %s', async (method, path) => {
    const { app, cookieOf } = await smallServer()
    const cookie = await cookieOf('t1')
    for (const [who, headers] of forged) {
      const send = request(app)
      const res = await send[method](`/api${path.replace(':id', 'x')}`)
        .set('Cookie', cookie)
        .set(headers)
        .send({})
      expect({ who, status: res.status, error: res.body.error }).toEqual({
        who,
        status: 403,
        error: 'forbidden',
      })
    }
    expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(200)
  })

  test('our own page and a program without a browser do', async () => {
    const { app, cookieOf } = await smallServer()
    const own = { Origin: 'https://school.example', Host: 'school.example', 'Sec-Fetch-Site': 'same-origin' }
    const signOut = async (headers: Record<string, string>) =>
      request(app)
        .delete('/api/session')
        .set('Cookie', await cookieOf('t1'))
        .set(headers)
    expect((await signOut(own)).status).toBe(204)
    expect((await signOut({})).status).toBe(204)
  })
})
