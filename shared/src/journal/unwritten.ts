import type { Receipt, Refusal } from './receipt'

/** Refusals at the door: answered with a signed receipt, never written, so no ledger is asked for them (O3, O4). */
const atTheDoor = new Set<Refusal>([
  'shape',
  'id-mismatch',
  'wrong-database',
  'not-author',
  'no-such-sheet',
  // These two are written where a member of staff is off duty, and not where families knock.
  'no-such-person',
  'not-for-families',
])

/** O3: whether the ledger may lack this receipt's entry though nothing was lost: such a receipt proves nothing. */
export function maybeUnwritten({ admission }: Pick<Receipt, 'admission'>): boolean {
  return admission.is === 'out' && atTheDoor.has(admission.why)
}
