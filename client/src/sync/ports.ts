import type { ClockReading, Contact } from 'shared/journal/made'
import type { OwnEntry } from 'shared/journal/overlay'
import type { Receipt } from 'shared/journal/receipt'
import type { PullEnvelope, PullReply } from 'shared/wire/pull'
import type { PushEnvelope, PushReply } from 'shared/wire/push'

/** What sync needs of the device's store. The browser has it over RxDB, the simulation over memory. */
export interface DeviceStore {
  /** Rows without a receipt, in order of `n` (O1): a query, never a checkpoint. */
  unsent(limit: number): Promise<OwnEntry[]>
  /** Rows with a receipt, in order of `n`, after the given `n`: offered again after a new epoch (O3). */
  sent(afterN: number, limit: number): Promise<OwnEntry[]>
  /**
   * What the ledger is to be held against (O3), or null: the newest receipt that surely stands in one; but first what was the
   * newest when others came, until the school has been asked.
   */
  receiptToPresent(): Promise<Receipt | null>
  /** The school has answered to this one. */
  notePresented(receipt: Receipt): Promise<void>
  /** Durable when it returns. A row never loses a receipt (O2). */
  keepReceipts(receipts: readonly Receipt[]): Promise<void>
  /** Replaces sheets by higher (epoch, version) only, removes what is gone and keeps the checkpoint: all or nothing (P-1). */
  applyPull(reply: PullReply, epoch: string): Promise<void>
  /** Null before the first page. */
  checkpoint(): Promise<string | null>
  /** The epoch that this device has pulled and offered in; null before the first contact. */
  epoch(): Promise<string | null>
  setEpoch(epoch: string): Promise<void>
  /** How far offering again has come in this epoch (the last `n`), so that it resumes; null when done. */
  offering(): Promise<number | null>
  setOffering(n: number | null): Promise<void>
}

/** What every reply of the server tells besides its body. */
export interface Meta {
  /** Server time and its proof, with what this device's clocks said then. */
  contact: Contact
  epoch: string
  protocol: number
}

/** Why a request brought nothing. `offline`: no answer at all, try again later. */
export type ApiFailure = 'offline' | 'signed-out' | 'too-old' | 'refused' | 'server'

export type ApiResult<T> =
  | { ok: true; body: T; meta: Meta }
  | { ok: false; failure: ApiFailure; code?: string; retryAfter?: number }

/** The only road to the server. */
export interface SyncApi {
  push(envelope: PushEnvelope): Promise<ApiResult<PushReply>>
  pull(envelope: PullEnvelope): Promise<ApiResult<PullReply>>
}

export interface DeviceClock {
  read(): ClockReading
}

/** Whether a receipt carries the server's signature (O2). */
export type VerifyReceipt = (receipt: Receipt) => Promise<boolean>
