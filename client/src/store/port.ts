import type { Directory } from 'shared/people/directory'
import type { Draft } from 'shared/journal/build'
import type { MadeElsewhere } from 'shared/journal/elsewhere'
import type { Entry } from 'shared/journal/entry'
import type { OwnEntry, ShownSheet } from 'shared/journal/overlay'
import type { Admission } from 'shared/journal/receipt'
import type { HistoryReply } from 'shared/wire/history'
import type { SessionReply } from 'shared/wire/session'

/** Who has opened their journal on this device. The name and roles are as the server last said. */
export type Me = Pick<SessionReply, 'person' | 'name' | 'db' | 'school' | 'zone' | 'roles' | 'children'>

/** Where things are, for the badge that never lies (OFF-12). */
export interface SyncStatus {
  /** Entries that are only on this device. */
  unsent: number
  /** Own entries that wait for a fact or a deputy, were refused, or lost to another (until dismissed). */
  waiting: number
  refused: number
  superseded: number
  /** Server time (ms) of the last full sync, or null before the first. */
  lastSync: number | null
  /** What the last try came to. */
  state: 'idle' | 'syncing' | 'offline' | 'signed-out' | 'too-old' | 'server-trouble'
  /** The very first sync: how many sheets have come, of about how many. */
  progress: { done: number; total: number } | null
  /** The device's own storage is in trouble: nothing more can be kept safely. */
  storage: 'ok' | 'full' | 'failed'
  /** Days without contact after which nothing more may be written, where they are over (OFF-16); else absent. */
  readOnlyAfterDays?: number
}

/** OFF-16: the device has been alone for too long. What was written before is intact and goes out at contact. */
export class ReadOnlyHere extends Error {
  override name = 'ReadOnlyHere'
}

/** An own entry with what became of it, for the list of unsent and unsettled entries. */
export interface OwnFate extends OwnEntry {
  fate: ShownSheet['own'][string]
  /** The author has let it be. */
  dismissed: boolean
}

/**
 * One person's journal on this device: what the screens stand on. Reading is synchronous, from memory; `subscribe` tells
 * of every change. Writing goes through `write` alone: the cell repaints at once, the promise keeps until it is on disk.
 */
export interface Journal {
  readonly me: Me
  /** Grows with every change of anything below. */
  revision(): number
  subscribe(listener: () => void): () => void
  directory(): Directory
  /** The sheet as this person sees it, own entries in it. A sheet nobody wrote on yet is empty. The same object until it changes. */
  sheet(id: string): ShownSheet
  /** What would be said of this draft if it were made now: the same judge that decides at the school. */
  foresee(draft: Draft): Admission
  /** Resolves when durable on this device; rejects only when the device could not keep it, and says so in `status`. */
  write(draft: Draft): Promise<Entry>
  /** Undoes this person's last entry on the sheet, or the given one. `changed` cells were written by others since: pass `force` to go on. */
  undo(sheet: string, entry?: string, force?: boolean): Promise<{ undone: Entry | null; changed: string[] }>
  own(): readonly OwnFate[]
  /** Own entries of this person's other devices that lost or are asked about (C4, C5). Changes only when `own` does. */
  elsewhere(): readonly MadeElsewhere[]
  /** Lets a superseded, refused or waiting entry be: it leaves the list, not the device. */
  dismiss(entry: string): Promise<void>
  status(): SyncStatus
  /** Asks for a sync now. */
  syncNow(): void
  /** Holds a section that is read on request (deputy, director) for the day. */
  open(section: string): void
  /** A cell's history, from the school: needs a network. */
  history(sheet: string, cell: string): Promise<HistoryReply | null>
  /** Server's best present time by this device's clocks (ms). */
  now(): number
}
