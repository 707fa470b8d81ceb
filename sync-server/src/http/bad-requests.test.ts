import request from 'supertest'
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
})
