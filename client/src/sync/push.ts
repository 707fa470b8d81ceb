import type { EntryId } from 'shared/journal/ids'
import type { OwnEntry } from 'shared/journal/overlay'
import type { Receipt } from 'shared/journal/receipt'
import { mostEntriesAPush } from 'shared/wire/push'
import type { ApiFailure, DeviceClock, DeviceStore, Meta, SyncApi, VerifyReceipt } from './ports'

export interface PushDeps {
  api: Pick<SyncApi, 'push'>
  device: DeviceStore
  clock: DeviceClock
  verify: VerifyReceipt
  onMeta(meta: Meta): Promise<void>
}

/** Why not everything went: no way to the server, or `stuck`: it answered, but gave no good receipt for some entries. */
export type PushFailure = ApiFailure | 'stuck' | null

/** Sends all rows without a receipt, in order of `n` (O1). What gets no receipt now is passed over until the next run. */
export async function pushUnsent(deps: PushDeps): Promise<PushFailure> {
  const passedOver = new Set<EntryId>()
  for (;;) {
    const rows = await deps.device.unsent(mostEntriesAPush + passedOver.size)
    const batch = rows.filter(({ entry }) => !passedOver.has(entry.id)).slice(0, mostEntriesAPush)
    if (batch.length === 0) return passedOver.size > 0 ? 'stuck' : null
    const failure = await send(batch, [], deps, passedOver)
    if (failure) return failure
  }
}

/**
 * Offers again, with its receipt, every row that an earlier epoch has given one (O3). Goes on where it stopped.
 */
export async function offerSent(deps: PushDeps): Promise<PushFailure> {
  const { device } = deps
  const passedOver = new Set<EntryId>()
  for (;;) {
    const after = await device.offering()
    if (after === null) return null
    const rows = await device.sent(after, mostEntriesAPush)
    const last = rows.at(-1)
    if (!last) {
      // What got no good receipt is offered again by the next run: were the store set back once more, its old receipt would
      // prove nothing that is not known.
      const isDone = passedOver.size === 0
      await device.setOffering(isDone ? null : 0)
      return isDone ? null : 'stuck'
    }
    const epoch = await device.epoch()
    const older = rows.filter(({ receipt }) => receipt?.epoch !== epoch)
    const receipts = older.flatMap(({ receipt }) => receipt ?? [])
    const failure = older.length > 0 ? await send(older, receipts, deps, passedOver) : null
    if (failure) return failure
    // A new epoch in that very reply has set the mark back: then it begins anew.
    const goesOn = (await device.epoch()) === epoch && (await device.offering()) === after
    if (goesOn) await device.setOffering(last.entry.n)
  }
}

/** Sends one batch; a batch that is refused whole is halved, so that one bad entry does not hold up the others (O4). */
async function send(
  batch: readonly OwnEntry[],
  receipts: readonly Receipt[],
  deps: PushDeps,
  passedOver: Set<EntryId>,
): Promise<ApiFailure | null> {
  const entries = batch.map(({ entry }) => entry)
  const envelope = {
    entries,
    clock: deps.clock.read(),
    ...(receipts.length > 0 ? { receipts: [...receipts] } : {}),
  }
  const reply = await deps.api.push(envelope)
  if (!reply.ok) {
    if (reply.failure !== 'refused' || !mayBeOneEntrys(reply.code)) return reply.failure
    const [only] = batch
    if (batch.length === 1 && only) {
      passedOver.add(only.entry.id)
      return null
    }
    const half = Math.ceil(batch.length / 2)
    const sentFor = (part: readonly OwnEntry[]) => {
      return receipts.filter((receipt) => part.some(({ entry }) => entry.id === receipt.entry))
    }
    for (const part of [batch.slice(0, half), batch.slice(half)]) {
      const failure = await send(part, sentFor(part), deps, passedOver)
      if (failure) return failure
    }
    return null
  }
  await deps.onMeta(reply.meta)
  const good = await goodReceipts(reply.body.receipts, batch, deps.verify)
  const receipted = new Set((await areKept(good, deps.device)) ? good.map(({ entry }) => entry) : [])
  for (const { id } of entries) if (!receipted.has(id)) passedOver.add(id)
  return null
}

// A refusal of whoever sends, or of the address, is none of an entry: halving would only ask two hundred times.
function mayBeOneEntrys(code: string | undefined): boolean {
  return code === undefined || code === 'bad-request' || code === 'too-large'
}

// A full device cannot keep them: they are asked for again. What follows goes to the school all the same (OFF-13).
async function areKept(receipts: readonly Receipt[], device: DeviceStore): Promise<boolean> {
  try {
    await device.keepReceipts(receipts)
    return true
  } catch {
    return false
  }
}

/**
 * O2: only a receipt with the server's signature that speaks of this very entry takes it out of the outbox. One that
 * says the entry was not its author's comes from sending under somebody else's session: the entry stays.
 */
async function goodReceipts(
  receipts: readonly Receipt[],
  batch: readonly OwnEntry[],
  verify: VerifyReceipt,
): Promise<Receipt[]> {
  const byId = new Map(batch.map(({ entry }) => [entry.id, entry]))
  const checked = await Promise.all(
    receipts.map(async (receipt) => {
      const entry = byId.get(receipt.entry)
      if (!entry || receipt.db !== entry.db || receipt.sheet !== entry.sheet) return null
      if (receipt.admission.is === 'out' && receipt.admission.why === 'not-author') return null
      return (await verify(receipt)) ? receipt : null
    }),
  )
  return checked.filter((receipt) => receipt !== null)
}
