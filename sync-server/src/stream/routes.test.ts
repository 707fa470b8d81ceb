import type { AddressInfo } from 'node:net'
import type { Server, ServerResponse } from 'node:http'
import express from 'express'
import { anEntry, mathLesson } from 'shared/testing/small-school'
import { pullReply } from 'shared/wire/pull'
import { pushReply } from 'shared/wire/push'
import { historyReply } from 'shared/wire/history'
import { historyRoutes } from '../history/route'
import { answerErrors } from '../http/errors'
import { smallJournal, type SmallJournal } from '../journal/small-journal'
import { pullRoutes } from '../pull/route'
import { pushRoutes } from '../push/route'
import { streamRoutes } from './route'

let journal: SmallJournal
let server: Server
let person = 't1'
/** Something that holds up who is asked for, as a session that is looked up in a slow store. */
let signingIn: Promise<unknown> | null = null

/** The journal's routes as the app mounts them, with somebody signed in. */
beforeEach(async () => {
  journal = await smallJournal()
  person = 't1'
  signingIn = null
  const app = express()
  app.use(express.json())
  app.use(async (_req, res, next) => {
    await signingIn
    res.locals.session = { person }
    res.locals.journal = journal
    next()
  })
  app.use(pushRoutes(), pullRoutes(), historyRoutes(), streamRoutes({ schedule: journal.clock.schedule }))
  app.use(answerErrors({ error: () => {}, warn: () => {} }))
  server = await new Promise((resolve) => {
    const listening = app.listen(0, () => resolve(listening))
  })
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await journal.close()
})

const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
const post = (path: string, body: unknown) =>
  fetch(url(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('push, pull and history answer by their schemas, receipts with nothing that a signature does not cover', async () => {
  const pushed = pushReply.parse(
    await (await post('/push', { entries: [anEntry(), { broken: true }] })).json(),
  )
  expect(pushed.receipts.map(({ admission }) => admission.is)).toEqual(['in', 'out'])
  for (const receipt of pushed.receipts) expect(journal.signer.isSignedReceipt(receipt)).toBe(true)

  const [newest] = pushed.receipts
  const pulled = pullReply.parse(await (await post('/pull', { checkpoint: null, limit: 100, newest })).json())
  expect(pulled.sheets.map(({ id }) => id)).toContain(mathLesson)

  const history = await fetch(url(`/history?sheet=${mathLesson}&cell=mark:answer:s1`))
  expect(historyReply.parse(await history.json()).entries).toHaveLength(1)
})

test('an envelope with a key too many is refused whole, and nothing of it is applied (O4)', async () => {
  const reply = await post('/push', { entries: [anEntry()], surprise: true })
  expect(reply.status).toBe(400)
  expect(await journal.history(mathLesson, 'mark:answer:s1', 't1')).toEqual({ entries: [] })
})

test('a history that is not theirs to read is forbidden to a family, and a question without sense is bad', async () => {
  person = 'g1'
  expect((await fetch(url(`/history?sheet=${mathLesson}&cell=mark:answer:s1`))).status).toBe(403)
  person = 't1'
  for (const query of [
    '',
    '?sheet=x&cell=taken',
    `?sheet=${mathLesson}`,
    `?sheet=${mathLesson}&sheet=a&cell=taken`,
  ]) {
    expect((await fetch(url(`/history${query}`))).status).toBe(400)
  }
})

test('a device that left while its session was looked up has no stream, and nothing is kept for it', async () => {
  const follow = jest.spyOn(journal, 'follow')
  const gone = new Promise<void>((resolve) =>
    server.once('request', (_req, res: ServerResponse) => res.once('close', resolve)),
  )
  signingIn = gone
  const leaving = new AbortController()
  server.once('request', () => leaving.abort())
  await expect(fetch(url('/stream'), { signal: leaving.signal })).rejects.toThrow('aborted')
  await gone
  await new Promise((resolve) => setImmediate(resolve))
  expect(follow).not.toHaveBeenCalled()
})

test('the stream says at once that there may be news, then when there are, and breathes in between', async () => {
  const reply = await fetch(url('/stream'))
  expect(reply.headers.get('content-type')).toContain('text/event-stream')
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const hear = async (what: string) => {
    while (!heard.includes(what)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`the stream ended before it said ${what}`)
      heard += value
    }
    heard = heard.slice(heard.indexOf(what) + what.length)
  }
  await hear('event: news')
  // Once more, for what changed while the following of the store began.
  await hear('event: news')
  await journal.send(anEntry())
  await journal.clock.pass(1_000)
  await hear('event: news')
  await journal.clock.pass(20_000)
  await hear(': still here')
  await reader.cancel()
})
