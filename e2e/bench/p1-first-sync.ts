import { openBrowser } from './browser/browser'
import { busyStack, sheetsOfTeacher } from './browser/busy-stack'
import { replicationSource } from './browser/replication-source'
import { compare } from './compare'
import { resultOf, type Figure } from './figure'

const goal = 0.2

export const firstSync: Figure = {
  name: 'P1',
  title: "the busiest teacher's first sync against PouchDB replicating the same sheets",
  goal,
  async run({ runs, couchdb, log }) {
    const busy = await busyStack(log)
    const sheets = await sheetsOfTeacher(busy)
    const documents = sheets.map(({ id, ...sheet }) => ({ _id: id, ...sheet }))
    const source = await replicationSource(documents, couchdb)
    const browser = await openBrowser({ crossOrigin: true })
    try {
      const { page } = browser
      const { login } = busy
      await page.goto(busy.page)
      const held = await page.evaluate((who) => bench.countHeld(who), login)
      if (held !== sheets.length) throw new Error(`the device holds ${held} of ${sheets.length} sheets`)
      const { kind, url, auth } = source
      const compared = await compare(
        runs,
        async () => {
          await page.reload()
          return page.evaluate((who) => bench.firstSync(who), login)
        },
        async () => {
          await page.reload()
          const from = { url, ...(auth ? { auth } : {}) }
          return page.evaluate(([one, count]) => bench.replicate(one, count), [from, sheets.length] as const)
        },
      )
      return resultOf({ goal }, compared, {
        unit: 'ms',
        says:
          `${sheets.length} sheets as the teacher may see them. Ours: from the open session until all is sealed and on ` +
          `disk (pages relaxed; the end of the sync, a strict write, puts them down), over the product's own pull. PouchDB ${kind === 'couchdb' ? 'from CouchDB' : "from the bench's own endpoint over the embedded store"}, ` +
          'its defaults (IndexedDB, as relaxed, unsealed), the very sheets as documents of a database of their own: the ledgers, which a replication of the journal itself would bring along, are left out in its favour.',
        more: { sheets: sheets.length, source: kind },
      })
    } finally {
      await browser.close()
      await source.close()
      await busy.stop()
    }
  },
}
