import type { SheetDocument } from 'shared/journal/document'
import { openJournal } from '../journal/open-journal'
import { realSchedule } from '../journal/schedule'
import { makeSigner, newPrivateKey } from '../journal/signer'
import { makeMemoryStores } from '../store/memory'
import { makeDemo, type DemoKind } from './demo'

const log = { info() {}, warn() {}, error() {} }
const days: [DemoKind, string, string][] = [
  ['small', '2026-09-11', '2026-09-11T08:30:00Z'],
  ['full', '2026-09-01', '2026-09-01T17:00:00Z'],
  ['fixture', '2026-09-16', '2026-09-16T07:00:00Z'],
]

test.each(days)(
  'the server founds the %s demo of %s, and every entry of it stands',
  async (kind, today, instant) => {
    const now = Date.parse(instant)
    const demo = makeDemo(kind, { seed: '1', today, now })
    const stores = makeMemoryStores()
    const journal = await openJournal({
      stores,
      db: demo.db,
      signer: makeSigner(newPrivateKey()),
      now: () => now,
      random: () => 0.5,
      schedule: realSchedule,
      log,
    })
    await journal.found(demo.entries)
    const sheets = await (await stores.open<SheetDocument>(demo.db)).range('a', 'z~', 100_000)
    await journal.close()
    const standings = sheets.flatMap(({ standings: ofSheet }) => Object.values(ofSheet))
    expect(standings).toHaveLength([...demo.entries].length)
    expect(standings.filter(({ standing }) => standing.is !== 'holds' && standing.is !== 'replaced')).toEqual(
      [],
    )
    expect(sheets.filter(({ cells }) => Object.values(cells).some(({ contested }) => contested))).toEqual([])
  },
)
