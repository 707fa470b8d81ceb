import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStores } from './open-stores'

it('keeps schools in the data folder unless there is a CouchDB', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-open-'))
  const embedded = await openStores({ dataDir })
  expect(embedded.kind).toBe('embedded')
  const couch = await openStores({ couchdbUrl: 'http://127.0.0.1:5984', dataDir })
  expect(couch.kind).toBe('couchdb')
  await Promise.all([embedded.close(), couch.close()])
  await rm(dataDir, { recursive: true })
})
