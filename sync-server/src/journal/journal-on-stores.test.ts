import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEmbeddedStores } from '../store/embedded'
import { makeMemoryStores } from '../store/memory'
import { describeJournal } from './journal-on-stores'

describeJournal('memory', async () => ({ stores: makeMemoryStores(), remove: async () => {} }))

describeJournal('the embedded store', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-journal-'))
  const stores = await makeEmbeddedStores(dataDir)
  return {
    stores,
    async remove() {
      await stores.close()
      await rm(dataDir, { recursive: true })
    },
  }
})
