import { must } from 'shared/plain/must'
import type { Checkpoint } from './checkpoint'
import type { Contact } from './contact'
import { nothingRecent } from './recently-sent'

/** Which history a checkpoint belongs to. */
type History = Pick<Checkpoint, 'db' | 'feed' | 'epoch' | 'life' | 'rules' | 'seen'>

export async function beginAll({ deps, held, day }: Contact, history: History): Promise<Checkpoint> {
  const seq = await deps.safeSeq()
  const floor = deps.ticks.floor()
  const reading = { todo: held.map((_, index) => index), day, step: 0, after: '', above: 0, seq, floor }
  const safe = deps.recordedSeq()
  return { ...history, seq, safe, floor, full: deps.now(), held, ...nothingRecent, reading }
}

/** P-3: what has changed since the last contact is found by reading ranges, and nothing else of them is sent. */
export async function catchUp(contact: Contact, checkpoint: Checkpoint): Promise<Checkpoint> {
  const begun = await beginAll(contact, checkpoint)
  const reading = must(begun.reading, 'a reading begun')
  const { full, recent, newest, floor } = checkpoint
  return { ...begun, full, recent, newest, reading: { ...reading, above: floor } }
}

/**
 * The scope changed: what was being read, and what is new, is read; changes go on from where they were, in a cluster from
 * where every copy had been by then: what is new may be read from one that lags (P-2). For that, and for what the device
 * has dropped meanwhile, nothing counts as sent before.
 */
export function rescoped(before: Checkpoint, { held, day }: Contact, todo: readonly number[]): Checkpoint {
  const { reading } = before
  const unread = (reading?.todo ?? []).flatMap((index) => {
    const { start, end } = must(before.held[index], 'a held range')
    return held.flatMap((range, at) => (range.start === start && range.end === end ? [at] : []))
  })
  const all = [...new Set([...unread, ...todo])].sort((a, b) => a - b)
  const { seq, floor } = reading ?? { seq: before.safe ?? before.seq, floor: before.floor }
  return {
    ...before,
    held,
    ...nothingRecent,
    reading: all.length === 0 ? null : { todo: all, day, step: 0, after: '', above: 0, seq, floor },
  }
}
