/** What the journal tells its operator. No names, values or texts of the journal ever go in. */
export interface JournalLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
