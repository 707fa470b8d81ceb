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
    keepPage: (page) =>
      slow(() => plain.keepPage(page), {
        before: 'device: page asked',
        after: 'device: page kept',
        most: 400,
      }),
    changeMeta: (change) => slow(() => plain.changeMeta(change), pointsOf(change)),
  }
}

function pointsOf(change: Partial<StoredMeta>): { before: Point | null; after: Point | null } {
  const named = (what: string, done: string) => ({
    before: `device: ${what} asked` as Point,
    after: `device: ${what} ${done}` as Point,
  })
  if ('epoch' in change) return named('epoch', 'noted')
  if ('offering' in change) return named('offering', 'kept')
  return 'contact' in change ? named('contact', 'kept') : { before: null, after: null }
}
