import { Agent, request } from 'node:http'
import { createConnection } from 'node:net'
import { brotliDecompressSync, unzipSync } from 'node:zlib'

export interface Wire {
  method: string
  target: string
  headers: [string, string][]
  body: Buffer | null
  /**
   * `raw`: byte by byte over a socket of its own, where Node's client would refuse to send it. `cut`: the body ends early
   * and the connection with it. `endless`: chunks that never come to an end, until the sender tires. `garbled`: chunks
   * with lengths that are none.
   */
  way: 'whole' | 'raw' | 'cut' | 'endless' | 'garbled'
}

export interface Heard {
  /** 0: the connection was closed without a word. */
  status: number
  headers: Record<string, string>
  text: string
  ms: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const patience = 20_000
const streamFor = 40

/** Sends one request and reads what comes back. A stream is listened to for a moment. */
export async function send(url: string, wire: Wire): Promise<Heard> {
  const began = performance.now()
  const heard =
    wire.way === 'whole'
      ? await sendWhole(url, wire).catch((error: unknown) => bare(error, url, wire))
      : await sendBytes(url, wire)
  return { ...heard, ms: performance.now() - began }
}

// What Node's client will not send goes out byte by byte.
function bare(error: unknown, url: string, wire: Wire): Promise<Answer> {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (!/^ERR_(?:HTTP|INVALID|UNESCAPED)/.test(code)) throw error
  wire.way = 'raw'
  return sendBytes(url, wire)
}

export function hangUp(): void {
  agent.destroy()
}

type Answer = Omit<Heard, 'ms'>

function sendWhole(url: string, wire: Wire): Promise<Answer> {
  const { method, target, headers, body } = wire
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const req = request({ hostname, port, method, path: target, agent, headers: fold(headers, body) })
    req.setTimeout(patience, () => req.destroy(new Error(`no answer in ${patience} ms`)))
    req.on('error', (error: NodeJS.ErrnoException) => {
      // The server had just given up this connection, idle or with a body that it did not read: a client asks again.
      if (error.code === 'ECONNRESET' && req.reusedSocket) resolve(sendWhole(url, wire))
      // A server that refuses a large body early closes while it is still being sent.
      else if (error.code === 'EPIPE' || error.code === 'ECONNRESET')
        resolve({ status: 0, headers: {}, text: '' })
      else reject(error)
    })
    req.on('response', (res) => {
      const parts: Buffer[] = []
      const heard = () =>
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers as Record<string, string>,
          text: unpack(Buffer.concat(parts), res.headers['content-encoding']),
        })
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('end', heard)
      res.on('error', heard)
      if (String(res.headers['content-type']).startsWith('text/event-stream'))
        setTimeout(() => res.destroy(), streamFor)
      res.on('close', heard)
    })
    try {
      req.end(body ?? undefined)
    } catch (error) {
      // It never was a request: what becomes of its socket is nobody's answer.
      req.removeAllListeners('error').on('error', () => undefined)
      req.destroy()
      reject(error)
    }
  })
}

function unpack(bytes: Buffer, encoding: string | undefined): string {
  if (bytes.length === 0) return ''
  if (encoding === 'br') return brotliDecompressSync(bytes).toString()
  return (encoding === 'gzip' || encoding === 'deflate' ? unzipSync(bytes) : bytes).toString()
}

// Repeated headers go as lists.
function fold(headers: readonly [string, string][], body: Buffer | null): Record<string, string | string[]> {
  const folded: Record<string, string | string[]> = {}
  for (const [name, value] of headers) {
    const known = folded[name]
    folded[name] = known === undefined ? value : [...[known].flat(), value]
  }
  if (body && !headers.some(([name]) => name === 'content-length'))
    folded['content-length'] = String(body.length)
  return folded
}

async function sendBytes(url: string, { method, target, headers, body, way }: Wire): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const socket = createConnection(Number(port), hostname)
  const parts: Buffer[] = []
  socket.on('error', () => undefined)
  socket.on('data', (part) => parts.push(part))
  // Whoever sends an endless body is not waited for.
  const tires = setTimeout(() => socket.destroy(), way === 'raw' ? 2_000 : 150)
  const hasHost = headers.some(([name]) => name === 'host')
  const framing = way === 'raw' || way === 'cut' ? lengthOf(headers, body) : ['transfer-encoding: chunked']
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...(hasHost ? [] : ['host: school.example']),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...framing,
    'connection: close',
    '',
    '',
  ].join('\r\n')
  socket.write(head, 'latin1')
  for (const part of payload(body ?? Buffer.alloc(0), way)) socket.write(part)
  if (way === 'cut') socket.end()
  await new Promise((resolve) => socket.once('close', resolve))
  clearTimeout(tires)
  const answer = read(Buffer.concat(parts))
  // To HEAD there is no body, whatever its length is said to be.
  return method === 'HEAD' ? { ...answer, text: '' } : answer
}

function lengthOf(headers: readonly [string, string][], body: Buffer | null): string[] {
  const isFramed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name))
  return isFramed || !body ? [] : [`content-length: ${body.length}`]
}

function payload(body: Buffer, way: Wire['way']): Buffer[] {
  const half = body.subarray(0, Math.floor(body.length / 2))
  const chunk = (part: Buffer) =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])
  switch (way) {
    case 'cut':
      return [half]
    case 'endless':
      return [
        chunk(Buffer.concat([half, Buffer.from(' ')])),
        chunk(Buffer.alloc(1000, 0x20)),
        Buffer.from('ff\r\n'),
      ]
    case 'garbled':
      return [Buffer.from('zz\r\n'), body, Buffer.from('-1\r\n\r\n')]
    default:
      return [body]
  }
}

// The first reply of what came; Node's reader may add a refusal of whatever followed the request.
function read(bytes: Buffer): Answer {
  const split = bytes.indexOf('\r\n\r\n')
  const [first = '', ...lines] = bytes.subarray(0, Math.max(0, split)).toString().split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0)
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const
    }),
  )
  const rest = bytes.subarray(split + 4)
  const length = Number(headers['content-length'] ?? rest.length)
  const text = rest.subarray(0, length).toString()
  return { status, headers, text: headers['transfer-encoding'] === 'chunked' ? dechunk(text) : text }
}

function dechunk(text: string): string {
  if (text.startsWith('0\r\n')) return ''
  return text.replace(/^[0-9a-f]+\r\n/i, '').replace(/\r\n0\r\n\r\n[^]*$/, '')
}
