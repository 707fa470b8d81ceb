import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PouchDB from 'pouchdb-core'
import { makeEmbeddedStores } from './embedded'
import { describeStore } from './store-contract'
import { syncedLevel, type OpenLevel } from './synced-level'

describeStore('embedded', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-embedded-'))
  let losing = false
  const openLevel: OpenLevel = (location) => {
    const level = syncedLevel(location)
    const batch = level._batch.bind(level)
    level._batch = (operations, options, done) =>
      batch(operations, options, (error) => done(losing ? new Error('no answer') : error))
    return level
  }
  let factory = await makeEmbeddedStores(dataDir, { openLevel })
  return {
    factory,
    async plantLeaf(database, doc, rev) {
      const beside = new PouchDB(join(dataDir, 'store', database), { adapter: 'leveldb', db: openLevel })
      await beside.bulkDocs([{ ...doc, _rev: rev }], { new_edits: false })
    },
    loseAnswers() {
      losing = true
      return () => (losing = false)
    },
    async reopen() {
      await factory.close()
      factory = await makeEmbeddedStores(dataDir, { openLevel })
      return factory
    },
    async remove() {
      await factory.close()
      await rm(dataDir, { recursive: true })
    },
  }
})
