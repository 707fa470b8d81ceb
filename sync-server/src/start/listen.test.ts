import { Agent, request } from 'node:http'
import express from 'express'
import { listen } from './listen'

const place = { tls: null, host: '127.0.0.1', port: 0 }

/** One request over the agent's connection; `null` where nobody takes it any more. */
function ask(url: string, agent: Agent): Promise<string | null> {
  return new Promise((resolve) => {
    const asking = request(url, { agent }, (reply) => {
      reply.resume()
      reply.once('end', () => resolve(reply.headers.connection ?? 'keep-alive'))
    })
    asking.once('error', () => resolve(null))
    asking.end()
  })
}

test('a server that stops is not kept by somebody who asks without a pause', async () => {
  const app = express()
  app.get('/', (_req, res) => void setTimeout(() => res.send('here'), 20))
  const { url, stop } = await listen(app, place)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const asking = new AbortController()
  const replies: (string | null)[] = []
  const busy = (async () => {
    while (!asking.signal.aborted) replies.push(await ask(url, agent))
  })()
  while (replies.length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(replies).not.toContain(null)
  const began = Date.now()
  await stop()
  expect(Date.now() - began).toBeLessThan(5_000)
  asking.abort()
  await busy
  agent.destroy()
})
