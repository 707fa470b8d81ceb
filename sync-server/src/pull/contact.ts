import type { SheetDocument } from 'shared/journal/document'
import { project, type ProjectedSheet } from 'shared/journal/project'
import type { Directory } from 'shared/people/directory'
import type { PullReply } from 'shared/wire/pull'
import type { DirectoryCache } from '../cache/directory-cache'
import type { RecentChanges } from '../cache/recent-changes'
import type { ReadRange } from '../cache/recent-ranges'
import type { Scoped } from '../cache/scopes'
import type { Epochs } from '../journal/epochs'
import type { Lives } from '../journal/lives'
import type { Signer } from '../journal/port'
import type { Standing } from '../journal/rollback'
import type { Ticks } from '../journal/ticks'
import type { Store } from '../store/store'
import type { InTurn } from './in-turn'

export interface PullDeps {
  db: string
  store: Pick<Store<SheetDocument>, 'kind' | 'get' | 'changes'>
  directory: DirectoryCache
  recent: RecentChanges
  epochs: Epochs
  lives: Lives
  /** Where the newest entry stands that the device has presented a receipt of. */
  seen: Standing | null
  /** Begins a new epoch where an entry stands no more that was seen in that epoch (O3). */
  stillStands: (seen: Standing, epoch: string) => Promise<void>
  ticks: Ticks
  signer: Pick<Signer, 'proofOf'>
  now: () => number
  /** The line that readings of ranges stand in. */
  inTurn: InTurn
  /** A way to read ranges no older than now; somebody else may have read them. */
  rangesAsOfNow: () => Promise<ReadRange>
  /** Whether anybody still waits for the answer: asked when the turn comes. */
  isWanted: () => boolean
  /** Between portions of a reading: whoever writes goes first. */
  giveWay: () => Promise<void>
  /** A sequence that every copy of the store has reached (P-2). */
  safeSeq: () => Promise<string>
  /** The same where the store is a cluster; null where there is none, or none yet. */
  recordedSeq: () => string | null
}

/** One contact of one person: who they are today, and what of the journal that shows them (P-5). */
export interface Contact extends Scoped {
  deps: PullDeps
  person: string
  /** The whole contact anew, in the turn that has come. */
  again: () => Promise<PullReply>
  limit: number
  directory: Directory
  floor: number
}

/** The sheet as this person sees it, in the history that devices speak to now. */
export function show(document: SheetDocument, { viewer, directory, deps }: Contact): ProjectedSheet | null {
  const sheet = project(document, viewer, directory)
  return sheet && { ...sheet, epoch: deps.epochs.current() }
}
