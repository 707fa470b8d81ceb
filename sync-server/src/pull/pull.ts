import { projectVersion } from 'shared/journal/project'
import type { PullEnvelope, PullReply } from 'shared/wire/pull'
import { scopedAt } from '../cache/scopes'
import { read } from './checkpoint'
import type { Contact, PullDeps } from './contact'
import { compareHeld } from './held'
import { atOnce } from './in-turn'
import { readChanges } from './read-changes'
import { readRanges } from './read-ranges'
import { beginAll, catchUp, rescoped } from './reading'
import { replyWithGone } from './reply'

const fullEvery = 7 * 86_400_000

/** Brings a device what it lacks of its person's scope, computed at this contact (P-1 … P-5). */
export async function pull(envelope: PullEnvelope, person: string, deps: PullDeps): Promise<PullReply> {
  const directory = await deps.directory.current()
  const now = deps.now()
  const scoped = scopedAt(directory, person, now, envelope.open)
  // Before the looking: a write that it does not see yet is above this (P-2).
  const floor = deps.ticks.floor()
  const again = () => pull(envelope, person, { ...deps, inTurn: atOnce })
  const contact: Contact = { ...scoped, deps, person, again, limit: envelope.limit, directory, floor }

  const { proofOf } = deps.signer
  const before = envelope.checkpoint === null ? null : read(envelope.checkpoint, proofOf)
  if (before?.seen && before.db === deps.db && before.epoch === deps.epochs.current())
    await deps.stillStands(before.seen, before.epoch)
  const feed = await deps.recent.look()
  const epoch = deps.epochs.current()
  const since =
    before &&
    (await deps.lives.since(before.life, before.seq, Math.max(before.floor, before.reading?.floor ?? 0)))
  const life = deps.lives.current()
  const goesOn =
    before?.db === deps.db &&
    before.feed === feed &&
    before.epoch === epoch &&
    before.rules === projectVersion &&
    since !== 'set-back'
  if (!before || !goesOn) {
    const { db, seen } = deps
    const checkpoint = await beginAll(contact, { db, feed, epoch, life, seen, rules: projectVersion })
    // What the device holds belongs to another history: it goes, whatever it is, before the new comes.
    if (envelope.checkpoint !== null) return replyWithGone([{ start: 'a', end: 'z~' }], checkpoint, proofOf)
    return readRanges(contact, checkpoint)
  }
  const { gone, todo } = compareHeld(before.held, contact.held)
  const checkpoint = todo.length + gone.length > 0 ? rescoped(before, contact, todo) : before
  if (gone.length > 0) return replyWithGone(gone, checkpoint, proofOf)
  if (checkpoint.reading) return readRanges(contact, checkpoint)
  const seen = deps.seen ?? checkpoint.seen
  // A server of a cluster that has just started knows no sequence that every copy has reached: what it read may lack something.
  const isUnsafe = deps.store.kind === 'couchdb' && checkpoint.safe === null
  const owes = since === 'unknown' || isUnsafe
  if (owes && deps.recordedSeq() === null)
    return readChanges({ ...contact, floor: 0 }, { ...checkpoint, seen })
  const goneOn = { ...checkpoint, life, seen }
  if (now - checkpoint.full > fullEvery) return readRanges(contact, await beginAll(contact, goneOn))
  // Whether or not anybody has a receipt to prove it, the store may have been set back: changes do not tell all then.
  if (owes) return readRanges(contact, await catchUp(contact, goneOn))
  return readChanges(contact, goneOn)
}
