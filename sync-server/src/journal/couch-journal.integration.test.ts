import { describeJournal } from './journal-on-stores'
import { makeCouchStores } from '../store/couch'
import { db } from 'shared/testing/small-school'

const couchdb = process.env.COUCHDB_URL ?? ''

/** Deletes the suite's database, before and after: each test has a journal of its own under the same name. */
async function remove(): Promise<void> {
  const { origin, username, password } = new URL(couchdb)
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
  await fetch(`${origin}/${db}`, { method: 'DELETE', headers: { authorization } })
}

// Without a CouchDB there is nothing to ask: `npm run test:couchdb` says so, and fails.
const describeWithCouch = couchdb ? describe : describe.skip

describeWithCouch('with a CouchDB', () => {
  describeJournal('CouchDB', async () => {
    await remove()
    const stores = makeCouchStores(couchdb)
    return {
      stores,
      async remove() {
        await stores.close()
        await remove()
      },
    }
  })
})
