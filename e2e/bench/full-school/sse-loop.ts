import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerQuestions } from './helper-process'

// The least that Node can do: streams in a set, and a loop that writes to each. `POST /change` tells all of them.
const open = new Set<ServerResponse>()
const server = createServer((req, res) => {
  if (req.method === 'POST') {
    req.resume()
    req.on('end', () => {
      for (const stream of open) stream.write('event: news\ndata: {}\n\n')
      res.end('{}')
    })
    return
  }
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  res.write('event: news\ndata: {}\n\n')
  open.add(res)
  res.on('close', () => open.delete(res))
})

answerQuestions(async () => {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
})
