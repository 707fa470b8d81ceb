import { Agent, request } from 'node:http'

export interface Ask {
  path: string
  cookie: string
  body: Buffer
}

/** Browsers ask for these. */
export const acceptEncoding = 'gzip, deflate, br'

/** Connections of many devices to one server, kept open, one for each request that is under way. */
export class Devices {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity })

  constructor(readonly port: number) {}

  /** Answers the body as it came, packed or not. Throws on anything but success. */
  post({ path, cookie, body }: Ask): Promise<{ body: Buffer; encoding: string }> {
    return new Promise((resolve, reject) => {
      const headers = {
        cookie,
        'content-type': 'application/json',
        'content-length': body.length,
        'accept-encoding': acceptEncoding,
      }
      const ask = request(
        { host: '127.0.0.1', port: this.port, path, method: 'POST', agent: this.#agent, headers },
        (reply) => {
          const chunks: Buffer[] = []
          reply.on('data', (chunk: Buffer) => chunks.push(chunk))
          reply.on('error', reject)
          reply.on('end', () => {
            const all = Buffer.concat(chunks)
            if (reply.statusCode !== 200) reject(new Error(`${path}: ${reply.statusCode} ${all.toString()}`))
            else resolve({ body: all, encoding: reply.headers['content-encoding'] ?? 'identity' })
          })
        },
      )
      ask.on('error', reject)
      ask.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
