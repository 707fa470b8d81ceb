import type { SheetDocument } from 'shared/journal/document'
import { anEntry, db, mathLesson } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import type { StoreFactory } from '../store/store'
import { openJournal, type OpenJournal } from './open-journal'
import { realSchedule } from './schedule'
import { makeSigner, newPrivateKey } from './signer'
import { foundingEntries, lessonTime } from './small-journal'
import { verifyJournal } from './verify'

/** A store of its own for one test, and its end. */
export interface OwnStores {
  stores: StoreFactory
  remove(): Promise<void>
}

const noAnchors = { readAll: async () => [] }

/** What the journal promises over any store: one suite for every adapter, with real time. */
export function describeJournal(name: string, ownStores: () => Promise<OwnStores>): void {
  describe(`the journal over ${name}`, () => {
    const signer = makeSigner(newPrivateKey())
    let own: OwnStores
    let journal: OpenJournal
    const began = Date.now()

    async function open(): Promise<OpenJournal> {
      const log = { info: () => {}, warn: () => {}, error: () => {} }
      const now = () => lessonTime + (Date.now() - began)
      return openJournal({
        stores: own.stores,
        db,
        signer,
        now,
        elapsed: now,
        random: Math.random,
        schedule: realSchedule,
        log,
      })
    }
    async function lesson() {
      const store = await own.stores.open<SheetDocument>(db)
      return must((await store.get([mathLesson])).get(mathLesson), 'the lesson')
    }
    beforeEach(async () => {
      own = await ownStores()
      journal = await open()
      await journal.found(foundingEntries())
    })
    afterEach(async () => {
      await journal.close()
      await own.remove()
    })

    test('what is pushed is pulled, once, by another device and the family, and verifies', async () => {
      const entries = [anEntry(), anEntry({ cell: 'mark:answer:s2', value: '3' })]
      const { receipts } = await journal.push({ entries }, 't1')
      expect(receipts.map(({ admission }) => admission)).toEqual([{ is: 'in' }, { is: 'in' }])
      expect((await journal.push({ entries }, 't1')).receipts).toEqual(receipts)
      for (const [person, marks] of [
        ['t1', 2],
        ['t2', 2],
        ['g1', 1],
      ] as const) {
        const { sheets } = await journal.pull({ checkpoint: null, limit: 100 }, person)
        const [shown] = sheets.filter(({ id }) => id === mathLesson)
        expect(Object.keys(must(shown, 'the lesson').cells)).toHaveLength(marks)
      }
      const store = await own.stores.open<SheetDocument>(db)
      expect(await verifyJournal(store, noAnchors, signer, db)).toMatchObject({ entries: 12, faults: [] })
    })

    test('two servers at once on one sheet lose nothing', async () => {
      const other = await open()
      const entries = Array.from({ length: 12 }, (_, i) => anEntry({ cell: `mark:answer:s${(i % 3) + 1}` }))
      await Promise.all(entries.map((entry, i) => (i % 2 ? journal : other).push({ entries: [entry] }, 't1')))
      const { doc } = await lesson()
      expect(doc.links).toHaveLength(12)
      await other.close()
    })

    test('what waits is found by the sweep when the fact has come', async () => {
      const sheet = 'lesson:m5:2026-09-16:1'
      await journal.push({ entries: [anEntry({ sheet })] }, 't1')
      const place = { section: 'm5', weekday: 3, slot: 1, room: '', from: '2026-09-01', to: null }
      const office = { sheet: 'timetable:c5a', kind: 'keep-directory', author: 'a1' } as const
      await journal.push({ entries: [anEntry({ ...office, cell: 'week:m5-3-1', value: place })] }, 'a1')
      await journal.sweep()
      const history = must(await journal.history(sheet, 'mark:answer:s1', 't1'), 'a history')
      expect(history.entries).toMatchObject([{ admission: { is: 'in' } }])
    })

    test('a device goes on from its checkpoint over a restart, in pages, and hears of news', async () => {
      const first = await journal.pull({ checkpoint: null, limit: 100 }, 't1')
      let { checkpoint } = await journal.pull({ checkpoint: first.checkpoint, limit: 100 }, 't1')
      await journal.close()
      journal = await open()
      const heard = new Promise<void>((resolve) => void journal.follow('t1', resolve))
      await heard
      const news = new Promise<void>((resolve) => void journal.follow('t1', resolve))
      const days = ['14', '15', '16'].map((day) => anEntry({ sheet: `lesson:m5:2026-09-${day}:2` }))
      await journal.push({ entries: days }, 't1')
      await news
      const came: string[] = []
      for (let more = true; more;) {
        const reply = await journal.pull({ checkpoint, limit: 2 }, 't1')
        came.push(...reply.sheets.map(({ id }) => id))
        ;({ checkpoint, more } = reply)
      }
      expect(came.sort()).toEqual(days.map(({ sheet }) => sheet))
    })

    test('versions and the epoch outlive a restart', async () => {
      await journal.push({ entries: [anEntry()] }, 't1')
      const before = await lesson()
      const epoch = journal.epoch()
      await journal.close()
      journal = await open()
      expect(journal.epoch()).toBe(epoch)
      await journal.push({ entries: [anEntry({ cell: 'mark:answer:s2' })] }, 't1')
      expect((await lesson()).doc.version).toBeGreaterThan(before.doc.version)
    })
  })
}
