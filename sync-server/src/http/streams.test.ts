import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import request from 'supertest'
import { headers } from 'shared/wire/version'
import { smallServer } from './small-server'

async function openStream(url: string, cookie: string): Promise<IncomingMessage> {
  const [res] = (await once(
    get(`${url}/api/stream`, { headers: { cookie, 'accept-encoding': 'gzip' } }),
    'response',
  )) as [IncomingMessage]
  return res
}

describe('a stream', () => {
  test('begins at once, unpacked, and ends when its session is ended elsewhere, or the server stops', async () => {
    const { app, cookieOf, endStreams } = await smallServer()
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const tablet = await cookieOf('t1')
    const phone = await cookieOf('t1', { device: { id: 'phone', name: 'Телефон' } })

    const first = await openStream(url, phone)
    expect(first.statusCode).toBe(200)
    expect(first.headers['content-type']).toContain('text/event-stream')
    expect(first.headers['content-encoding']).toBeUndefined()
    expect(first.headers[headers.time]).toBeDefined()
    await once(first, 'data')
    const list = await request(app).get('/api/sessions').set('Cookie', tablet).expect(200)
    const { id } =
      (list.body.sessions as { id: string; current: boolean }[]).find(({ current }) => !current) ?? {}
    const firstEnded = once(first, 'end')
    await request(app).delete(`/api/sessions/${id}`).set('Cookie', tablet).expect(204)
    await firstEnded

    const second = await openStream(url, tablet)
    await once(second, 'data')
    const secondEnded = once(second, 'end')
    endStreams()
    await secondEnded
    server.close()
    await once(server, 'close')
  })

  test('is nobody’s without a session', async () => {
    const { app } = await smallServer()
    for (const path of ['/api/stream', '/api/history?sheet=school&cell=school', '/api/sessions']) {
      expect((await request(app).get(path)).status).toBe(401)
    }
    for (const path of ['/api/push', '/api/pull', '/api/password']) {
      expect((await request(app).post(path).send({})).status).toBe(401)
    }
  })
})
