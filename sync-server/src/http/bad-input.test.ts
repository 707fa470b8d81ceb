import { gzipSync } from 'node:zlib'
import { createConnection } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import request from 'supertest'
import { device, password, smallServer } from './small-server'

const good = { login: 't1', password, device }
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Bodies no honest device sends, and what each is answered. */
const bodies: { what: string; body: string | Buffer; type?: string; encoding?: string; status: number }[] = [
  { what: 'nothing', body: '', status: 400 },
  { what: 'no JSON', body: 'hello', status: 400 },
  { what: 'JSON cut off', body: '{"login":"t1"', status: 400 },
  { what: 'a list', body: '[]', status: 400 },
  { what: 'null', body: 'null', status: 400 },
  { what: 'a number too large for a number', body: '{"login":1e999}', status: 400 },
  { what: '10,000 deep', body: nested(10_000), status: 400 },
  { what: '33 deep', body: nested(33), status: 400 },
  { what: '9 MB', body: JSON.stringify({ login: 'x'.repeat(9_000_000) }), status: 413 },
  { what: '__proto__', body: JSON.stringify(good).replace('{', '{"__proto__":{"admin":true},'), status: 400 },
  {
    what: '__proto__, escaped',
    body: JSON.stringify(good).replace('{', '{"\\u005f_proto__":{},'),
    status: 400,
  },
  { what: 'constructor, deep inside', body: '{"a":[{"b":{"constructor":1}}]}', status: 400 },
  { what: 'a key twice', body: JSON.stringify(good).replace('{', '{"login":"g1",'), status: 400 },
  { what: 'an unknown key', body: JSON.stringify({ ...good, role: 'admin' }), status: 400 },
  { what: 'a wrong type', body: JSON.stringify({ ...good, login: { $ne: null } }), status: 400 },
  { what: 'a list for a text', body: JSON.stringify({ ...good, password: ['a'] }), status: 400 },
  {
    what: 'half an emoji',
    body: '{"login":"\\ud83c","password":"x","device":{"id":"d","name":""}}',
    status: 400,
  },
  { what: 'bytes that are not UTF-8', body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), status: 400 },
  { what: 'UTF-16', body: Buffer.from(JSON.stringify(good), 'utf16le'), status: 400 },
  {
    what: 'another charset',
    body: JSON.stringify(good),
    type: 'application/json; charset=windows-1251',
    status: 415,
  },
  { what: 'a form', body: 'login=t1', type: 'application/x-www-form-urlencoded', status: 415 },
  { what: 'plain text that is JSON', body: JSON.stringify(good), type: 'text/plain', status: 415 },
  { what: 'a gzip bomb', body: gzipSync(Buffer.alloc(50_000_000, 0x20)), encoding: 'gzip', status: 413 },
  { what: 'gzip that is none', body: 'not gzip at all', encoding: 'gzip', status: 400 },
  {
    what: 'gzip cut off',
    body: gzipSync(JSON.stringify(good)).subarray(0, 40),
    encoding: 'gzip',
    status: 400,
  },
  { what: 'an unknown encoding', body: JSON.stringify(good), encoding: 'rot13', status: 415 },
  { what: 'an endless login', body: JSON.stringify({ ...good, login: 'я'.repeat(81) }), status: 400 },
]

describe('O4 what is broken is refused with 4xx, and nothing of it applied', () => {
  test.each(['/api/session', '/api/set-up', '/api/password', '/api/push'])('at %s', async (path) => {
    const { app, store, cookieOf, logged } = await smallServer()
    const cookie = await cookieOf('t1')
    const before = await store.range('a', 'z~', 1000)
    for (const { what, body, type, encoding, status } of bodies) {
      const req = request(app)
        .post(path)
        .set('Cookie', cookie)
        .set('Content-Type', type ?? 'application/json')
      if (encoding) req.set('Content-Encoding', encoding)
      const res = await req.serialize((sent: unknown) => sent as string).send(body as string)
      expect({ what, status: res.status }).toEqual({ what, status: status })
      expect(res.body).toMatchObject({ error: expect.any(String), message: expect.any(String) })
    }
    expect(await store.range('a', 'z~', 1000)).toEqual(before)
    expect(logged.filter(({ message }) => message === 'server fault')).toEqual([])
  })

  test('chunked garbage over a bare socket ends in 4xx or a closed connection, and the next request is served', async () => {
    const { app } = await smallServer()
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const head =
      'POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    for (const garbage of ['ZZ\r\nhello\r\n', '5\r\nhel', `${'f'.repeat(20)}\r\n`, '3\r\n{"a\r\n0\r\n\r\n']) {
      const answer = await sendRaw(port, head + garbage)
      expect(answer === '' || /^HTTP\/1\.1 4\d\d /.test(answer)).toBe(true)
    }
    await request(server).get('/api/health').expect(200)
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })

  test('a broken address is nobody’s fault but its sender’s', async () => {
    const { app, logged } = await smallServer()
    for (const path of ['/api/%E0%A4%A', '/api/sessions/%00', '/api/../../etc/passwd', '/api/__proto__']) {
      const { status } = await request(app).get(path)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }
    expect(logged.filter(({ message }) => message === 'server fault')).toEqual([])
  })
})

async function sendRaw(port: number, text: string): Promise<string> {
  const socket = createConnection(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => {
    answer += String(data)
    socket.end()
  })
  socket.on('error', () => undefined)
  socket.setTimeout(300, () => socket.destroy())
  socket.write(text)
  await once(socket, 'close')
  return answer
}
