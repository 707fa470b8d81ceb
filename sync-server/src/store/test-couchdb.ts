import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CouchServer } from './couch-server'

// `npm run test:couchdb`: everything that is only true of a real CouchDB. Its databases are made for the tests, and removed.
function giveUp(why: string): never {
  process.stderr.write(`Nothing was tested: ${why}\n`)
  process.exit(2)
}

const url =
  process.env.COUCHDB_URL ??
  giveUp(
    'COUCHDB_URL is not set. Give the address of a CouchDB 3 for tests, with an administrator:\n' +
      '  COUCHDB_URL=http://admin:password@127.0.0.1:5984 npm run test:couchdb',
  )
const server = new CouchServer(url)
await server
  .ask({ path: '_all_dbs', qs: { limit: 1 } })
  .catch((error: Error) => giveUp(`the CouchDB of COUCHDB_URL does not answer. ${error.message}`))
await server.close()

const root = fileURLToPath(new URL('../../../', import.meta.url))
const jest = [
  `${root}node_modules/jest/bin/jest.js`,
  '--selectProjects=sync-server',
  '--runInBand',
  String.raw`--testPathPatterns=\.integration\.test\.ts$`,
]
const { status } = spawnSync(process.execPath, jest, { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
