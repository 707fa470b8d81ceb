import { Agent, request } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { listen } from './listen'

// Of nobody: made for this test, valid for a hundred years.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMggu3qCFPtwuUtRT
aQ8FtFOHPWRs4KQK46xMlV+Sv/ahRANCAAQ841w206nrm1IQPDZRY2i/VAZx4clz
qCc+g5cwKsu8gGRynLzrALspSvnRwziXFDISIQEJrbmNTRH4RAFfYcIk
-----END PRIVATE KEY-----`
const cert = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIURhUDbvHpqWpDSbv87l+0KAfby7owCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE4MzQ0OFoYDzIxMjYxMDMw
MTgzNDQ4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ841w206nrm1IQPDZRY2i/VAZx4clzqCc+g5cwKsu8gGRynLzrALsp
SvnRwziXFDISIQEJrbmNTRH4RAFfYcIko1MwUTAdBgNVHQ4EFgQUdu83U0w+fVZO
Atw2OhW/i15e2rMwHwYDVR0jBBgwFoAUdu83U0w+fVZOAtw2OhW/i15e2rMwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA6G4YIGdKYwvLrDswUZDb
QYzeskPSZWYZ7xjQycFxErcCIQC3SYGosSbtrsnUvb5fBRg38qeMu8aBC+sZ53Ae
cY1tdQ==
-----END CERTIFICATE-----`
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

test('a certificate that is missing when it is to be renewed ends no server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-tls-'))
  const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  await Promise.all([writeFile(tls.key, key), writeFile(tls.cert, cert)])
  const faults: unknown[] = []
  const { stop } = await listen(
    express(),
    { ...place, tls },
    { badCertificate: (error) => faults.push(error), noCertificate: () => faults.push('none') },
  )
  process.emit('SIGHUP')
  expect(faults).toEqual([])
  await rm(tls.key)
  expect(() => process.emit('SIGHUP')).not.toThrow()
  expect(faults).toMatchObject([{ code: 'ENOENT' }])
  await stop()
  await rm(folder, { recursive: true })
})

/** These tests may be run in a terminal, or by something else. */
function startedIn(terminal: boolean): void {
  Object.defineProperty(process.stdin, 'isTTY', { value: terminal, configurable: true })
}

test('a closed terminal ends the server that was started in it', async () => {
  startedIn(true)
  const { stop } = await listen(express(), place)
  expect(process.listeners('SIGHUP')).toEqual([])
  await stop()
})

test('a server without a certificate is not ended by SIGHUP, and says that there is none to read again', async () => {
  const app = express()
  app.get('/', (_req, res) => void res.send('here'))
  startedIn(false)
  let told = 0
  const { url, stop } = await listen(app, place, { badCertificate() {}, noCertificate: () => void told++ })
  // Without a listener the signal would end the process.
  expect(process.emit('SIGHUP')).toBe(true)
  expect(told).toBe(1)
  expect(await (await fetch(url)).text()).toBe('here')
  await stop()
  expect(process.listeners('SIGHUP')).toEqual([])
})
