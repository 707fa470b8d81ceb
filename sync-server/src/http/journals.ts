import type { ServerJournal } from '../journal/port'

/** The journals this server serves, opened when first asked for. */
export interface Journals {
  /** Null where there is no such database. */
  get(db: string): Promise<ServerJournal | null>
  /** Names of the databases that exist. */
  list(): Promise<string[]>
  /** Whether one of them holds a school: it may have been made beforehand, and be empty. */
  isSchool(db: string): Promise<boolean>
}

/** The first schools that there are, up to so many, besides those that are known. */
export async function schoolsIn(
  journals: Pick<Journals, 'list' | 'isSchool'>,
  most: number,
  known: readonly string[] = [],
): Promise<string[]> {
  const schools: string[] = []
  // One after another: to look may open a database, and a region has a thousand.
  for (const db of await journals.list()) {
    if (schools.length === most) break
    if (!known.includes(db) && (await journals.isSchool(db))) schools.push(db)
  }
  return schools
}
