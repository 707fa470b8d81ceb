import type { Entry } from 'shared/journal/entry'
import { addressOf } from 'shared/journal/ids'
import { readEntry } from 'shared/journal/kinds/kinds'
import type { Receipt, Refusal } from 'shared/journal/receipt'
import { maybeUnwritten } from 'shared/journal/unwritten'
import { groupBy } from 'shared/plain/group-by'
import { must } from 'shared/plain/must'
import type { PushEnvelope, PushReply } from 'shared/wire/push'
import type { DirectoryCache } from '../cache/directory-cache'
import type { RightOfWay } from '../http/right-of-way'
import type { Committer, Receipts } from '../journal/committer'
import type { Epochs } from '../journal/epochs'
import type { Signer } from '../journal/port'
import type { Arrival } from '../journal/settle'
import { refuse } from './refuse'

export interface PushDeps {
  db: string
  signer: Signer
  directory: DirectoryCache
  epochs: Epochs
  committer: Pick<Committer, 'submit'>
  now: () => number
  /** Does what goes first: only what is written. Whoever sends what is refused at the door holds nobody up. */
  first: RightOfWay['first']
}

/**
 * Takes entries in: each parsed and judged alone (O4), those of a sheet in their order, one receipt an entry. Sending
 * again, in pieces or in another order has the effect of sending once (OFF-05): the ledger knows what it has.
 */
export async function push(envelope: PushEnvelope, person: string, deps: PushDeps): Promise<PushReply> {
  const { db, signer, directory, epochs, committer, now, first } = deps
  const received = now()
  const isStaffMember = await isStaff(person, directory)
  const place = { db, epoch: epochs.current(), received, signer }
  const offered = offeredReceipts(envelope.receipts ?? [], deps)

  const arrivals: Arrival[] = []
  const answers = envelope.entries.map((input): Receipt | string => {
    const read = readEntry(input)
    if (read.is === 'refused') return refuse(input, read.why, place)
    const { entry } = read
    const why = refusalOf(entry, person, db, isStaffMember)
    if (why) return refuse(input, why, place)
    const receipt = offered.get(entry.id)
    const fits = receipt?.sheet === entry.sheet
    arrivals.push({ entry, received, clock: envelope.clock ?? null, offered: fits ? receipt : null })
    return entry.id
  })
  const bySheet = [...groupBy(arrivals, ({ entry }) => entry.sheet)]
  const settle = () => all(bySheet.map(([sheet, here]) => committer.submit(sheet, here)))
  const receipts = await (bySheet.length > 0 ? first(settle) : settle())
  return {
    receipts: answers.map((answer) =>
      typeof answer === 'string' ? must(receipts.get(answer), answer) : answer,
    ),
  }
}

/** What stands against an entry whatever the journal says. ACC-18: nobody but staff ever writes. */
function refusalOf(entry: Entry, person: string, db: string, isStaffMember: boolean): Refusal | null {
  if (entry.db !== db) return 'wrong-database'
  if (entry.author !== person) return 'not-author'
  if (!addressOf(entry.sheet)) return 'no-such-sheet'
  return isStaffMember ? null : 'not-for-families'
}

// Somebody may have been appointed a moment ago, on another server: look again before refusing for good (A1).
async function isStaff(person: string, directory: DirectoryCache): Promise<boolean> {
  const isKnown = async () => (await directory.current()).staff.has(person)
  if (await isKnown()) return true
  await directory.confirm()
  return isKnown()
}

// O3: a receipt of ours stands, whatever the store has forgotten. One of somebody else's making is passed over.
function offeredReceipts(receipts: readonly Receipt[], { db, signer }: PushDeps): Map<string, Receipt> {
  const valid = receipts.filter(
    (receipt) => receipt.db === db && !maybeUnwritten(receipt) && signer.isSignedReceipt(receipt),
  )
  return new Map(valid.map((receipt) => [receipt.entry, receipt]))
}

// Every sheet is waited for, also where one fails: what was settled is settled, and the device sends the rest again.
async function all(pending: readonly Promise<Receipts>[]): Promise<Receipts> {
  const receipts: Receipts = new Map()
  for (const result of await Promise.allSettled(pending)) {
    if (result.status === 'rejected') throw result.reason
    for (const [id, receipt] of result.value) receipts.set(id, receipt)
  }
  return receipts
}
