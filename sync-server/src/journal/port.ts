import type { Entry } from 'shared/journal/entry'
import type { Receipt, UnsignedReceipt } from 'shared/journal/receipt'
import type { Anchor, UnsignedAnchor } from 'shared/journal/anchor'
import type { Directory } from 'shared/people/directory'
import type { HistoryReply } from 'shared/wire/history'
import type { PullEnvelope, PullReply } from 'shared/wire/pull'
import type { PushEnvelope, PushReply } from 'shared/wire/push'

/** The server's signing keys (Ed25519). The simulation brings its own, so that a seed gives the same bytes. */
export interface Signer {
  /** Public key, base64url. */
  key: string
  /** Signs receipts that are given at once, with one signature over all of them; each proves itself alone. */
  signReceipts(receipts: readonly UnsignedReceipt[]): Receipt[]
  isSignedReceipt(receipt: Receipt): boolean
  signAnchor(anchor: UnsignedAnchor): Anchor
  isSignedAnchor(anchor: Anchor): boolean
  /** The proof of a server time that devices carry back (T1). */
  timeToken(time: number): string
  isTimeToken(time: number, token: string): boolean
  /** The proof that a text is this server's: checkpoints carry it, so that no other is ever read (P-1). */
  proofOf(text: string): string
}

/** An entry that set-up or the demo brings, with the moment it is to have been received. */
export interface Founded {
  entry: Entry
  received: number
}

/** One school year's journal on the server: all that push, pull, stream and history do. It does not know HTTP. */
export interface ServerJournal {
  readonly db: string
  epoch(): string
  /** Confirmed at most 5 s ago (A3). */
  directory(): Promise<Directory>
  /** Judges and writes; one receipt an entry, in their order. `person` is who the session says. */
  push(envelope: PushEnvelope, person: string): Promise<PushReply>
  /** `isWanted`: whether anybody still waits for the answer; a long reading is not begun for nobody. */
  pull(envelope: PullEnvelope, person: string, isWanted?: () => boolean): Promise<PullReply>
  /** Null where the person may not read the sheet. */
  history(sheet: string, cell: string, person: string): Promise<HistoryReply | null>
  /** Calls back when something in the person's scope may have changed. */
  follow(person: string, onNews: () => void): () => void
  /** Writes a new journal's first entries in bulk, judged as founding: only for an empty database. */
  found(entries: Iterable<Founded>, onProgress?: (done: number) => void): Promise<void>
  close(): Promise<void>
}
