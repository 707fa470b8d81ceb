import { createHash, createPublicKey, verify } from 'node:crypto'
import request from 'supertest'
import { headers } from 'shared/wire/version'
import { smallServer } from '../http/small-server'

// What a program that knows nothing but the document has to do. No code of `shared/` takes part.
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(',')}}`
}
const sha256 = (value: unknown) => createHash('sha256').update(canonical(value)).digest('base64url')

function isSigned({ signature, path = [], ...receipt }: Record<string, unknown>, key: string): boolean {
  let root = sha256({ leaf: receipt })
  for (const step of path as string[]) {
    const neighbour = step.slice(1)
    root = sha256({ node: step.startsWith('l') ? [neighbour, root] : [root, neighbour] })
  }
  const open = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' })
  const signed = Uint8Array.from(Buffer.from(canonical({ receipts: root })))
  return verify(null, signed, open, Uint8Array.from(Buffer.from(signature as string, 'base64url')))
}

describe('a program from outside', () => {
  test('signs in, computes an entry’s id as the document says, pushes it, and reads it back', async () => {
    const { app, cookieOf, clock } = await smallServer()
    const cookie = await cookieOf('t1')
    const contact = await request(app).get('/api/session').set('Cookie', cookie)
    const reading = { wall: clock.now, mono: 1000, boot: 'program', jumps: 0 }
    const made = {
      clock: reading,
      contact: { time: Number(contact.get(headers.time)), token: contact.get(headers.token), clock: reading },
    }
    const text = { text: 'Сложение дробей', salt: 'AAAAAAAAAAAAAAAAAAAAAA' }
    const content = {
      db: 'journal-test-2026',
      sheet: 'lesson:m5:2026-09-16:2',
      kind: 'set-topic',
      author: 't1',
      device: 'program',
      n: 1,
      made,
    }
    const change = { cell: 'topic', base: [] }
    const id = sha256({ ...content, changes: [{ ...change, value: { commitment: sha256(text) } }] })
    const entry = { id, ...content, changes: [{ ...change, value: text }] }

    const pushed = await request(app)
      .post('/api/push')
      .set('Cookie', cookie)
      .send({ entries: [entry], clock: reading })
    expect(pushed.body.receipts[0]).toMatchObject({ entry: id, admission: { is: 'in' } })
    expect(isSigned(pushed.body.receipts[0], contact.body.key)).toBe(true)
    expect(isSigned({ ...pushed.body.receipts[0], judged: 1 }, contact.body.key)).toBe(false)
    const forged = { ...entry, changes: [{ ...change, value: { ...text, text: 'Другое' } }] }
    const refused = await request(app)
      .post('/api/push')
      .set('Cookie', cookie)
      .send({ entries: [forged] })
    expect(refused.body.receipts[0].admission).toEqual({ is: 'out', why: 'id-mismatch' })

    const pulled = await request(app)
      .post('/api/pull')
      .set('Cookie', cookie)
      .send({ checkpoint: null, limit: 100 })
    const sheets = pulled.body.sheets as { id: string; cells: Record<string, { value: unknown }> }[]
    expect(sheets.find((sheet) => sheet.id === content.sheet)?.cells['topic']?.value).toEqual(text)
  })
})
