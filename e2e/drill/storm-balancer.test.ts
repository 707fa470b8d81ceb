import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Balancer } from './storm-balancer'

/** A node that says which one it is, and whether it is up. */
async function node(name: string) {
  let isUp = true
  const server: Server = createServer((req, res) => {
    res.statusCode = req.url === '/_up' && !isUp ? 404 : 200
    res.end(name)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, close, goDown: () => (isUp = false) }
}

test('a server is sent to another node when its own no longer answers, and stays with the one that does', async () => {
  const nodes = [await node('one'), await node('two'), await node('three')] as const
  const balancer = await Balancer.before(
    nodes.map(({ url }) => url),
    1,
  )
  try {
    const ask = async () => (await fetch(balancer.url)).text()
    expect(await ask()).toBe('two')
    nodes[2].goDown()
    await nodes[1].close()
    while (balancer.moves === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await ask()).toBe('one')
    expect(balancer.moves).toBe(1)
  } finally {
    await balancer.close()
    for (const { close } of nodes) await close()
  }
}, 20_000)
