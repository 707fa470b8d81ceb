import { StorageTrouble, type JournalStorage, type StoredMeta } from '../../client/src/store/storage'
import { never, type Interrupts, type Process } from './interrupts'
import type { Point } from './points'

/** A device's storage in virtual time: each write takes its time and passes the named points; a device that dies before has not written. */
export function deviceStorage(
  plain: JournalStorage,
  process: Process,
  interrupts: Interrupts,
): JournalStorage {
  const { world, random } = interrupts
  const pass = (point: Point | null) =>
    point ? interrupts.pass(point, process, () => new StorageTrouble('failed')) : Promise.resolve()

  async function slow(
    act: () => Promise<void>,
    {
      before = null,
      after = null,
      most = 12,
    }: { before?: Point | null; after?: Point | null; most?: number },
  ): Promise<void> {
    await world.sleep(random.int(0, most))
    if (!process.isAlive()) return never()
    await pass(before)
    await world.await(act())
    await pass(after)
    if (!process.isAlive()) return never()
  }

  return {
    ...plain,
    addRow: (row) =>
      slow(() => plain.addRow(row), { before: 'device: row asked', after: 'device: row kept' }),
    keepReceipts: (rows) =>
      slow(() => plain.keepReceipts(rows), {
        before: 'device: receipts asked',
        after: 'device: receipts kept',
      }),
    dismiss: (entry) => slow(() => plain.dismiss(entry), {}),
    async putSheets(sheets, gone) {
      const half = Math.ceil(sheets.length / 2)
      const rest = sheets.slice(half)
      await slow(() => plain.putSheets(sheets.slice(0, half), gone), {
        before: 'device: sheets asked',
        most: 400,
      })
      if (rest.length > 0) {
        await pass('device: sheets half kept')
        await slow(() => plain.putSheets(rest, []), {})
      }
      await pass('device: sheets kept')
    },
    changeMeta: (change) => slow(() => plain.changeMeta(change), pointsOf(change)),
  }
}

function pointsOf(change: Partial<StoredMeta>): { before: Point | null; after: Point | null } {
  const named = (what: string, done: string) => ({
    before: `device: ${what} asked` as Point,
    after: `device: ${what} ${done}` as Point,
  })
  if ('checkpoint' in change) return named('checkpoint', 'kept')
  if ('epoch' in change) return named('epoch', 'noted')
  if ('offering' in change) return named('offering', 'kept')
  return 'contact' in change ? named('contact', 'kept') : { before: null, after: null }
}
