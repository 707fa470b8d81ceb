import type { PullReply } from 'shared/wire/pull'
import type { PushEnvelope } from 'shared/wire/push'
import type { AnchorFile } from '../../sync-server/src/journal/anchors'
import type { Signer } from '../../sync-server/src/journal/port'
import type { DeviceStore } from '../../client/src/sync/ports'
import type { JournalStorage } from '../../client/src/store/storage'

/** A rule broken on purpose, to see that the simulation notices. */
export const breakable = {
  O1: 'the outbox is a mark of the wall clock: what was made before the newest sent is taken for sent',
  O2: 'what has left the device is taken for received',
  O3: 'a device never offers again what it has a receipt for',
  'O3-epoch': 'a receipt that the ledger lacks begins no new epoch',
  'P-1': 'the checkpoint is kept before the sheets that it speaks of are durable',
  'P-1-gone': 'what left the scope is not named as gone',
  'P-2': 'copies of a cluster are taken for one: a reading hands out the present sequence',
  'P-2-versions': 'versions follow the clock: none is reserved',
  'P-4': 'a family’s sheet has the version of everything that happened on it',
  S1: 'whatever the store answers is taken for written',
  S2: 'conflicting leaves are not looked at',
  S4: 'a bulk is taken for all or nothing',
  A1: 'nobody judges again what waits for a fact',
  A3: 'a server goes on judging by the directory that it read first',
  C1: 'the last to arrive holds',
  L1: 'a sheet forgets the beginning of a ledger that grows long',
  L2: 'no anchor is kept outside of the store',
  T1: 'what a device claims of the time is believed',
  'ACC-19': 'a family is answered as their child’s homeroom teacher would be',
} as const
export type Broken = keyof typeof breakable

export function isBreakable(name: string): name is Broken {
  return Object.hasOwn(breakable, name)
}

/** The device's outbox, as the broken rule has it. What it remembers outlives crashes, as a stored mark would. */
export function breakOutbox(
  device: DeviceStore,
  broken: Broken | null,
  memory: { newest: number; sent: Set<string> },
): DeviceStore {
  if (broken === 'O3') return { ...device, sent: async () => [] }
  if (broken !== 'O1' && broken !== 'O2') return device
  return {
    ...device,
    async unsent(limit) {
      const rows = await device.unsent(10_000)
      const left = rows.filter(({ entry }) =>
        broken === 'O1' ? entry.made.clock.wall > memory.newest : !memory.sent.has(entry.id),
      )
      const handed = left.slice(0, limit)
      if (broken === 'O2') for (const { entry } of handed) memory.sent.add(entry.id)
      return handed
    },
    async keepReceipts(receipts) {
      await device.keepReceipts(receipts)
      const sent = (await device.sent(0, 10_000)).map(({ entry }) => entry.made.clock.wall)
      if (broken === 'O1') memory.newest = Math.max(memory.newest, ...sent)
    },
  }
}

export function breakStorage(storage: JournalStorage, broken: Broken | null): JournalStorage {
  if (broken !== 'P-1') return storage
  return {
    ...storage,
    async keepPage(page) {
      await storage.changeMeta({ checkpoint: page.checkpoint })
      // Nobody hears of a page that fails, either.
      storage.keepPage(page).catch(() => {})
    },
  }
}

export function breakAnchors(file: AnchorFile, broken: Broken | null): AnchorFile {
  return broken === 'L2' ? { ...file, append: async () => {} } : file
}

/** What devices claimed of the time, by entry. */
export type Claims = Map<string, number>

export function noteClaims({ entries }: PushEnvelope, broken: Broken | null, claims: Claims): void {
  if (broken !== 'T1') return
  for (const entry of entries) {
    const { id, made } = entry as { id: string; made: { clock: { wall: number } } }
    claims.set(id, made.clock.wall)
  }
}

export function breakSigner(signer: Signer, broken: Broken | null, claims: Claims): Signer {
  if (broken !== 'T1') return signer
  return {
    ...signer,
    signReceipts: (receipts) =>
      signer.signReceipts(
        receipts.map((receipt) => {
          const claimed = claims.get(receipt.entry)
          return claimed === undefined ? receipt : { ...receipt, made: { from: claimed, to: claimed } }
        }),
      ),
  }
}

/** Whose rights a request is answered by. */
export function answeredAs(person: string, broken: Broken | null): string {
  return broken === 'ACC-19' && person === 'g2' ? 't2' : person
}

export function breakPull(reply: PullReply, person: string, broken: Broken | null): PullReply {
  if (broken === 'P-1-gone') return { ...reply, gone: [] }
  if (broken !== 'P-4' || !person.startsWith('g')) return reply
  return { ...reply, sheets: reply.sheets.map((sheet) => ({ ...sheet, version: sheet.version + 1 })) }
}
