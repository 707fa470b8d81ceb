import type { ServerJournal } from '../journal/port'

/** The journals this server serves, opened when first asked for. */
export interface Journals {
  /** Null where there is no such database. */
  get(db: string): Promise<ServerJournal | null>
  /** Names of the databases that exist. */
  list(): Promise<string[]>
}
