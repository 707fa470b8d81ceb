/** A backup or a restore cannot be, for a reason that its operator can do something about: the message says which. */
export class BackupFault extends Error {
  override name = 'BackupFault'
}

/** What an unforeseen error says of itself, for the end of a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
