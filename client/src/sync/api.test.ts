import { headers } from 'shared/wire/version'
import { makeApi } from './api'

const read = () => ({ wall: 1, mono: 1, boot: 'test', jumps: 0 })

/** An api before a network that gives this answer. */
function answering(status: number, body: string, type: string, more: Record<string, string> = {}) {
  const fetch = async () =>
    ({
      ok: status < 400,
      status,
      headers: new Headers({ 'content-type': type, ...more }),
      json: async () => JSON.parse(body) as unknown,
    }) as Response
  return makeApi({ fetch, read })
}

const ours = { [headers.time]: '1789540000000', [headers.protocol]: '1', [headers.token]: 't' }

test('a page that somebody else shows in the name of the school is no answer', async () => {
  expect(await answering(200, '<html>', 'text/html').push({ entries: [] })).toEqual({
    ok: false,
    failure: 'offline',
  })
  expect(await answering(200, '{"receipts":[]}', 'application/json').push({ entries: [] })).toMatchObject({
    failure: 'offline',
  })
})

test('O4 «too large» from the school or from a proxy before it is a refusal of the batch', async () => {
  const refused = { ok: false, failure: 'refused', code: 'too-large' }
  const reply = JSON.stringify({ error: 'too-large', message: '' })
  expect(await answering(413, reply, 'application/json', ours).push({ entries: [] })).toEqual(refused)
  expect(await answering(413, '<html>', 'text/html').push({ entries: [] })).toEqual(refused)
})

test.each([
  [401, 'not-signed-in', 'signed-out'],
  [426, 'wrong-protocol', 'too-old'],
  [429, 'too-many-tries', 'server'],
  [503, 'store-unavailable', 'server'],
  [403, 'forbidden', 'refused'],
])('%s of the school is told apart', async (status, code, failure) => {
  const reply = JSON.stringify({ error: code, message: '' })
  const answer = await answering(status, reply, 'application/json', ours).pull({ checkpoint: null, limit: 1 })
  expect(answer).toEqual({ ok: false, failure, code })
})
