import { guessMade, type Contact, type Made } from 'shared/journal/made'
import type { DeviceClock } from '../sync/ports'
import type { RowKeeper } from './keep-rows'
import type { JournalStorage, StoredMeta } from './storage'

/** What the device remembers beside sheets and entries, and the time that follows from it. */
export interface KeptMeta {
  read(): StoredMeta
  /** In memory at once; resolves when durable. */
  set(change: Partial<StoredMeta>): Promise<void>
  /** Takes in a checkpoint that was kept with its page. */
  noteCheckpoint(checkpoint: string): void
  /** Takes in what lies on disk: another tab may have changed it. */
  take(stored: StoredMeta): void
  /** The newest fact of the server: entries made from now on carry it (T1). Durable with the next `keepContact`. */
  noteContact(contact: Contact): void
  keepContact(): Promise<void>
  /** A full sync has come to its end as of the latest contact. */
  settle(nothingUnsent: boolean): Promise<void>
  /** The device's clocks, with the jumps since everything was last sent (T2). */
  clock: DeviceClock
  made(): Made
  /** The server's present time by this device's clocks (ms). */
  now(): number
}

export function keepMeta(parts: {
  loaded: StoredMeta
  storage: JournalStorage
  clock: DeviceClock
  keeper: Pick<RowKeeper, 'report'>
}): KeptMeta {
  const { storage, keeper } = parts
  let meta = parts.loaded
  let keptContact = meta.contact
  let jumpsAtContact = meta.jumpsSettled

  const clock: DeviceClock = {
    read() {
      const reading = parts.clock.read()
      return { ...reading, jumps: Math.max(0, reading.jumps - meta.jumpsSettled) }
    },
  }

  const kept: KeptMeta = {
    read: () => meta,
    async set(change) {
      meta = { ...meta, ...change }
      if (change.contact) keptContact = change.contact
      try {
        await storage.changeMeta(change)
      } catch (error) {
        keeper.report(error)
        throw error
      }
    },
    noteCheckpoint(checkpoint) {
      meta = { ...meta, checkpoint }
    },
    take(stored) {
      // Another tab's contact was made by another page's clocks; the later one says more.
      const ours = meta.contact
      const contact = ours && ours.time >= (stored.contact?.time ?? 0) ? ours : stored.contact
      meta = { ...stored, contact }
    },
    noteContact(contact) {
      jumpsAtContact = parts.clock.read().jumps
      meta = { ...meta, contact }
    },
    async keepContact() {
      if (meta.contact && meta.contact !== keptContact) await kept.set({ contact: meta.contact })
    },
    async settle(nothingUnsent) {
      const { contact, jumpsSettled } = meta
      // Not while an entry is here that may have been made before the clock went back: the proof would be lost (T2).
      const jumps = nothingUnsent ? jumpsAtContact : jumpsSettled
      await kept.set({ contact, lastSync: contact?.time ?? null, jumpsSettled: jumps })
    },
    clock,
    made: () => ({ clock: clock.read(), contact: meta.contact }),
    now: () => guessMade(kept.made()),
  }
  return kept
}
