import request from 'supertest'
import { anEntry } from 'shared/testing/small-school'
import { smallServer } from './small-server'

describe('found by the drill of bad requests', () => {
  test.each(['/..%2f..%2fetc%2fpasswd', '/nowhere', '/api%2fpush'])(
    'a write outside the interface, to %s, is refused in our words and not with a page that repeats the address',
    async (path) => {
      const { app } = await smallServer()
      const res = await request(app).post(path).send({}).expect(404)
      expect(res.body).toEqual({ error: 'not-found', message: 'There is nothing here.' })
    },
  )

  test('an entry on a lesson of the last day that a date can spell is refused, and the server goes on', async () => {
    const { app, cookieOf } = await smallServer()
    const cookie = await cookieOf('t1')
    const entries = ['9999-12-31', '0000-01-01'].map((date) => anEntry({ sheet: `lesson:m5:${date}:2` }))
    const { body } = await request(app).post('/api/push').set('Cookie', cookie).send({ entries }).expect(200)
    const said = (body as { receipts: { admission: object }[] }).receipts.map(({ admission }) => admission)
    expect(said).toEqual([
      { is: 'out', why: 'outside-year' },
      { is: 'out', why: 'outside-year' },
    ])
  })

  test('a reply of the interface is always a whole one: `If-None-Match: *` is not answered with 304', async () => {
    const { app } = await smallServer()
    const res = await request(app).get('/api/health').set('If-None-Match', '*').expect(200)
    expect(res.body.status).toBe('ok')
  })
})
