import { openBrowser } from './browser/browser'
import { busyStack, sheetsOfTeacher } from './browser/busy-stack'
import { compare } from './compare'
import type { Figure } from './figure'

const goal = 1.5
const aRead = 3000
/** Single writes a run. */
const writes = 8

export const sealedStore: Figure = {
  name: 'P14',
  title: 'the sealed store against the same RxDB with the same sheets in the open: bulk read, single write',
  goal,
  async run({ runs, log }) {
    const busy = await busyStack(log)
    const browser = await openBrowser()
    try {
      const { page } = browser
      const sheets = (await sheetsOfTeacher(busy)).slice(0, aRead)
      await page.goto(busy.page)
      await page.evaluate((all) => bench.fillStores(JSON.parse(all)), JSON.stringify(sheets))
      const read = await compare(
        runs,
        () => page.evaluate(() => bench.bulkRead('sealed')),
        () => page.evaluate(() => bench.bulkRead('plain')),
      )
      const one = (side: 'sealed' | 'plain') => (run: number) =>
        page.evaluate(([of, from, count]) => bench.singleWrite(of, from, count), [
          side,
          (run + 1) * 101,
          writes,
        ] as const)
      const write = await compare(runs, one('sealed'), one('plain'))
      const worst = read.ratio >= write.ratio ? read : write
      return {
        ...worst,
        unit: 'ms',
        goal,
        met: worst.ratio <= goal,
        says:
          `${sheets.length} sheets read as at a start, in portions of 200; one changed sheet written with its checkpoint. The plain ` +
          'side is a collection of the same RxDB over the same Dexie storage that keeps the sheets as they are. The ' +
          'ratio is the worse of the two.',
        more: {
          'read ratio': read.ratio,
          'read ms': read.ours,
          'read plain ms': read.reference,
          'write ratio': write.ratio,
          'write ms': write.ours,
          'write plain ms': write.reference,
        },
      }
    } finally {
      await browser.close()
      await busy.stop()
    }
  },
}
