import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What happens to the answer of a bulk write on its way back. It has been done, whatever happens. */
export type Loss = 'none' | 'broken-off' | 'accepted-only' | 'server-error' | 'half'

/** A network before a CouchDB that can lose answers: everything reaches it, and what comes back may not. */
export interface LossyProxy {
  url: string
  loss: Loss
  /** Databases that were created by way of it. */
  created: Set<string>
  /** Breaks every connection once. */
  cut(): void
  close(): Promise<void>
}

export async function lossyProxyTo(target: string): Promise<LossyProxy> {
  const { username, password } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', target)
    if (incoming.method === 'PUT' && /^\/[a-z0-9-]+$/.test(pathname)) proxy.created.add(pathname.slice(1))
    forward(incoming, outgoing, target, pathname.endsWith('/_bulk_docs') ? proxy.loss : 'none')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const credentials = username ? `${username}:${password}@` : ''
  const proxy: LossyProxy = {
    url: `http://${credentials}127.0.0.1:${port}`,
    loss: 'none',
    created: new Set(),
    cut: () => server.closeAllConnections(),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return proxy
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: string, loss: Loss): void {
  const { hostname, port } = new URL(target)
  const { method = 'GET', url: path = '/' } = incoming
  const headers = { ...incoming.headers, 'accept-encoding': 'identity' }
  const onward = request({ hostname, port, method, path, headers }, (answer) => {
    if (loss === 'none') {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
      return
    }
    const parts: Buffer[] = []
    answer.on('data', (part: Buffer) => parts.push(part))
    answer.on('end', () => lose(outgoing, Buffer.concat(parts), loss))
  })
  onward.on('error', () => outgoing.destroy())
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}

function lose(outgoing: ServerResponse, body: Buffer, loss: Loss): void {
  const json = { 'content-type': 'application/json' }
  switch (loss) {
    case 'none':
    case 'broken-off':
      outgoing.destroy()
      return
    case 'half':
      outgoing.writeHead(201, { ...json, 'content-length': body.length })
      outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy())
      return
    case 'server-error':
      outgoing
        .writeHead(500, json)
        .end('{"error":"internal_server_error","reason":"No DB shards could be opened."}')
      return
    case 'accepted-only': {
      const rows = JSON.parse(body.toString()) as object[]
      outgoing.writeHead(202, json).end(JSON.stringify(rows.map((row) => ({ ...row, accepted: true }))))
    }
  }
}
