import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { FaultProxy } from './proxy'

/** A server that answers every piece with itself, and a proxy before it. */
let server: Server
let proxy: FaultProxy
let received = ''
const served = new Set<Socket>()

beforeEach(async () => {
  received = ''
  server = createServer((socket) => {
    served.add(socket)
    socket.on('close', () => served.delete(socket))
    socket.on('error', () => {})
    socket.on('data', (piece: Buffer) => {
      received += piece.toString()
      socket.write(piece)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy = await FaultProxy.to({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
})

afterEach(async () => {
  await proxy.close()
  for (const socket of served) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

interface Caller {
  heard: string
  ended: null | 'end' | 'reset'
  say(text: string): void
  close(): void
}

async function call(): Promise<Caller> {
  const socket = connect({ host: '127.0.0.1', port: proxy.port })
  const caller: Caller = {
    heard: '',
    ended: null,
    say: (text) => void socket.write(text),
    close: () => void socket.destroy(),
  }
  socket.on('data', (piece: Buffer) => (caller.heard += piece.toString()))
  socket.on('end', () => (caller.ended ??= 'end'))
  socket.on('error', () => (caller.ended ??= 'reset'))
  await new Promise((resolve) => socket.once('connect', resolve))
  return caller
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function until(what: () => boolean): Promise<void> {
  for (let waited = 0; !what(); waited += 5) {
    if (waited > 3_000) throw new Error(`never: ${String(what)}`)
    await sleep(5)
  }
}

it('passes everything on, both ways, and the end with it', async () => {
  const caller = await call()
  caller.say('a lesson')
  await until(() => caller.heard === 'a lesson')
  caller.close()
  await until(() => served.size === 0)
  expect(proxy.open).toBe(0)
})

it('holds every piece up for so long each way', async () => {
  const caller = await call()
  proxy.fault = { is: 'latency', ms: 60 }
  const began = Date.now()
  caller.say('slow')
  await until(() => caller.heard === 'slow')
  expect(Date.now() - began).toBeGreaterThanOrEqual(118)
})

it('cuts a request in the middle: the server has its beginning, the caller an end', async () => {
  const caller = await call()
  proxy.fault = { is: 'cut', way: 'up', after: 4 }
  caller.say('entries')
  await until(() => caller.ended !== null && served.size === 0)
  expect(received).toBe('entr')
})

it('cuts an answer in the middle: the server has it all, the caller the beginning', async () => {
  const caller = await call()
  proxy.fault = { is: 'cut', way: 'down', after: 3 }
  caller.say('receipts')
  await until(() => caller.ended === 'end')
  expect(received).toBe('receipts')
  expect(caller.heard).toBe('rec')
})

it('counts the bytes of a cut from when it was set, over several pieces', async () => {
  const caller = await call()
  caller.say('before')
  await until(() => caller.heard === 'before')
  proxy.fault = { is: 'cut', way: 'up', after: 6 }
  caller.say('abcd')
  await until(() => received === 'beforeabcd')
  caller.say('efgh')
  await until(() => served.size === 0)
  expect(received).toBe('beforeabcdef')
})

it('resets: the caller gets an error, not an end', async () => {
  const caller = await call()
  proxy.fault = { is: 'reset', way: 'up', after: 0 }
  caller.say('gone')
  await until(() => caller.ended === 'reset')
  expect(received).toBe('')
})

it('swallows the way up: the server hears nothing until the hole closes, then all of it in order', async () => {
  const caller = await call()
  proxy.fault = { is: 'black-hole', way: 'up' }
  caller.say('one ')
  caller.say('two')
  await sleep(60)
  expect(received).toBe('')
  expect(caller.ended).toBeNull()
  proxy.fault = { is: 'none' }
  await until(() => caller.heard === 'one two')
})

it('swallows the way down: the server has heard, the caller waits', async () => {
  const caller = await call()
  proxy.fault = { is: 'black-hole', way: 'down' }
  caller.say('pushed')
  await until(() => received === 'pushed')
  await sleep(60)
  expect(caller.heard).toBe('')
  proxy.fault = { is: 'none' }
  await until(() => caller.heard === 'pushed')
})

it('leaves a connection half open: the server is rid of it, the caller is told nothing until the network heals', async () => {
  const caller = await call()
  proxy.fault = { is: 'half-open' }
  await until(() => served.size === 0)
  caller.say('anybody there?')
  await sleep(60)
  expect([caller.ended, received, caller.heard]).toEqual([null, '', ''])
  proxy.fault = { is: 'none' }
  await until(() => caller.ended === 'reset')
})

it('does to new connections what it does to old ones', async () => {
  proxy.fault = { is: 'black-hole', way: 'both' }
  const caller = await call()
  caller.say('hello')
  await sleep(60)
  expect([received, caller.heard]).toEqual(['', ''])
  proxy.fault = { is: 'none' }
  await until(() => caller.heard === 'hello')
})

it('breaks what stands once, and lets the next through', async () => {
  const caller = await call()
  caller.say('first')
  await until(() => caller.heard === 'first')
  proxy.cut()
  await until(() => caller.ended === 'reset')
  const next = await call()
  next.say('second')
  await until(() => next.heard !== '')
  expect(next.heard).toBe('second')
})

it('goes elsewhere when told: a balancer that has lost a node', async () => {
  const other = createServer((socket) => socket.end('other'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  proxy.target = { host: '127.0.0.1', port: (other.address() as AddressInfo).port }
  const caller = await call()
  await until(() => caller.ended !== null)
  expect(caller.heard).toBe('other')
  caller.close()
  await new Promise((resolve) => other.close(resolve))
})

it('resets a caller where nobody listens', async () => {
  await proxy.close()
  proxy = await FaultProxy.to({ host: '127.0.0.1', port: 1 })
  const caller = await call()
  await until(() => caller.ended === 'reset')
  expect(proxy.open).toBe(0)
})
