import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identitiesOf, recipientsOf } from './keys'
import { makeKeys, publicKeyFile } from './make-keys'
import { restore } from './restore'
import { takeBackup } from './take-backup'

// A CouchDB without databases: here it is about what lies beside them.
let server: Server
let couchdb = ''
let folder = ''
beforeAll(async () => {
  server = createServer((_req, res) => {
    res.setHeader('content-type', 'application/json')
    res.end('[]')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  couchdb = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'zvonok-couch-key-'))))
afterEach(() => rm(folder, { recursive: true }))

async function backUp(dataDir: string, recipient: string): Promise<string> {
  const to = join(folder, 'backup.age')
  return (await takeBackup({ dataDir, couchdb, to, recipients: [recipient], now: Date.now })).file
}

async function restoreTo(dataDir: string, from: string): Promise<void> {
  const identities = await identitiesOf(join(folder, 'private.key'))
  const log = { info() {}, warn() {}, error() {} }
  await restore({ from, identities, to: dataDir, couchdb, anchors: null, random: Math.random, log })
}

test('a backup of a CouchDB brings its public key into a new data folder, so that the next one is sealed', async () => {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')]
  const { recipient } = await makeKeys({ to: join(folder, 'private.key'), dataDir: before })
  await restoreTo(after, await backUp(before, recipient))
  expect(await recipientsOf(publicKeyFile(after))).toEqual([recipient])
})

test('public keys that the data folder has stay', async () => {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')]
  const { recipient } = await makeKeys({ to: join(folder, 'private.key'), dataDir: before })
  await mkdir(join(after, 'keys'), { recursive: true })
  await writeFile(publicKeyFile(after), 'newer')
  await restoreTo(after, await backUp(before, recipient))
  expect(await readFile(publicKeyFile(after), 'utf8')).toBe('newer')
})

test('a backup that was sealed to a key named by hand has none, and is restored all the same', async () => {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')]
  const { recipient } = await makeKeys({ to: join(folder, 'private.key'), dataDir: before })
  await rm(before, { recursive: true })
  await restoreTo(after, await backUp(before, recipient))
  await expect(recipientsOf(publicKeyFile(after))).rejects.toThrow('There is no public key for backups')
})
