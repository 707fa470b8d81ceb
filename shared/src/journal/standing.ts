import type { EntryId } from './ids'
import type { Awaited, Doubt, Refusal } from './receipt'

/** What an entry comes to today. Derived, never stored in the chain; it may change when more becomes known. */
export type Standing =
  | { is: 'holds' | 'replaced' }
  /** `by` holds in its place; the author is told, with one tap to set again (C4). */
  | { is: 'superseded'; cell: string; by: EntryId }
  | { is: 'contested'; cell: string }
  | { is: 'waiting'; for: Awaited; why?: Doubt | undefined; due?: number | undefined }
  | { is: 'out'; why: Refusal }
