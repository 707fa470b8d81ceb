import type { EntryId } from 'shared/journal/ids'
import type { Timers } from '../sync/timers'
import { StorageTrouble, type EntryRow, type JournalStorage } from './storage'

/** Puts rows on disk, and goes on trying with those that the disk would not take. */
export interface RowKeeper {
  /** Resolves when durable; rejects when it could not be kept now. The row stays in memory and is tried again. */
  keep(row: EntryRow): Promise<void>
  /** Whether a first attempt is still under way: such a row is not offered yet. */
  isBeingKept(entry: EntryId): boolean
  trouble(): 'ok' | 'full' | 'failed'
  /** Says that something else could not be kept, or could again. */
  report(error: unknown): void
  retry(): Promise<void>
  /** Resolves when no attempt is under way. */
  settled(): Promise<void>
}

const retryAfter = 10_000

export function keepRows(storage: JournalStorage, timers: Timers, onChange: () => void): RowKeeper {
  const fresh = new Map<EntryId, Promise<void>>()
  const unkept = new Map<EntryId, EntryRow>()
  let trouble: 'ok' | 'full' | 'failed' = 'ok'
  let waiting = false

  function say(now: typeof trouble): void {
    if (now === trouble) return
    trouble = now
    onChange()
  }

  function later(): void {
    if (waiting) return
    waiting = true
    timers.after(retryAfter, () => {
      waiting = false
      void keeper.retry()
    })
  }

  async function put(row: EntryRow): Promise<void> {
    await storage.addRow(row)
    unkept.delete(row.entry.id)
    if (unkept.size === 0) say('ok')
  }

  const keeper: RowKeeper = {
    async keep(row) {
      const putting = put(row)
      fresh.set(row.entry.id, putting)
      try {
        await putting
      } catch (error) {
        unkept.set(row.entry.id, row)
        keeper.report(error)
        throw error
      } finally {
        fresh.delete(row.entry.id)
      }
    },
    isBeingKept: (entry) => fresh.has(entry),
    trouble: () => trouble,
    report(error) {
      say(error instanceof StorageTrouble ? error.is : 'failed')
      later()
    },
    async settled() {
      await Promise.allSettled(fresh.values())
    },
    async retry() {
      try {
        for (const row of unkept.values()) await put(row)
        say('ok')
      } catch (error) {
        keeper.report(error)
      }
    },
  }
  return keeper
}
