import { Agent, request } from 'node:http'
import type { Socket } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface Ask {
  method?: 'GET' | 'POST' | 'DELETE'
  path: string
  cookie?: string | undefined
  /** JSON text. */
  body?: Buffer | undefined
}

export interface Reply {
  /** As it came, packed or not. */
  body: Buffer
  encoding: string
  status: number
  cookie: string | null
  /** Seconds. */
  retryAfter: number | null
  /** Bytes that this question and its answer took on the connection, both heads among them. */
  wire: number
}

/** Browsers ask for these. */
const acceptEncoding = 'gzip, deflate, br'

/** Kept-open connections to one server: as many as there are requests under way, or no more than so many. */
export class Wire {
  readonly #agent: Agent

  constructor(
    readonly port: number,
    { connections = Number.POSITIVE_INFINITY } = {},
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
  }

  /** Throws on anything but success, unless that is what is asked for. */
  ask({ method = 'POST', path, cookie, body }: Ask, { anyStatus = false } = {}): Promise<Reply> {
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}),
      'accept-encoding': acceptEncoding,
    }
    return new Promise((resolve, reject) => {
      let before = 0
      const to = { host: '127.0.0.1', port: this.port, path, method, agent: this.#agent, headers }
      const asking = request(to, (reply) => {
        const chunks: Buffer[] = []
        reply.on('data', (chunk: Buffer) => chunks.push(chunk))
        reply.on('error', reject)
        reply.on('end', () => {
          const all = Buffer.concat(chunks)
          const status = reply.statusCode ?? 0
          if (status >= 300 && !anyStatus) {
            reject(new Error(`${method} ${path}: ${status} ${all.toString()}`))
            return
          }
          const encoding = reply.headers['content-encoding'] ?? 'identity'
          const cookieSet = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? null
          const wire = bytesOf(asking.socket) - before
          const after = reply.headers['retry-after']
          const retryAfter = after === undefined ? null : Number(after)
          resolve({ body: all, encoding, status, cookie: cookieSet, retryAfter, wire })
        })
      })
      asking.on('socket', (socket) => (before = bytesOf(socket)))
      asking.on('error', reject)
      asking.end(body)
    })
  }

  async json<T>(ask: Ask): Promise<T> {
    return readJson<T>(await this.ask(ask))
  }

  close(): void {
    this.#agent.destroy()
  }
}

export function readJson<T>({ body, encoding }: Pick<Reply, 'body' | 'encoding'>): T {
  return JSON.parse(unpacked(body, encoding).toString()) as T
}

function unpacked(body: Buffer, encoding: string): Buffer {
  if (encoding === 'br') return brotliDecompressSync(body)
  return encoding === 'gzip' ? gunzipSync(body) : body
}

export function jsonBody(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function bytesOf(socket: Socket | null): number {
  return socket ? socket.bytesRead + socket.bytesWritten : 0
}
