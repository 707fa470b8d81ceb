import { addDays, instantAt } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import type { Founded } from '../journal/port'
import { sealDrafts } from './drafts'
import { lessonDrafts } from './fill'
import { fixtureSchool } from './fixture-school'
import type { Filling } from './held-lessons'
import { directoryAfter, foundingDrafts, type DemoAccount, type DemoSchool } from './school'
import { school77 } from './school77'

export type DemoKind = 'small' | 'fixture'

export interface DemoOptions {
  /** The same seed, today and now give the same entries, byte for byte. */
  seed: string
  /** The last day that the journal speaks of; on a day off, the last school day before it. */
  today: Day
  /** ms since 1970: nothing is made later. */
  now: number
}

export interface Demo {
  db: string
  name: string
  /** The directory first, then what happened in lessons, in order of time. */
  entries: Founded[]
  /** The sign-ins to make. Nobody else of the school can sign in. */
  accounts: DemoAccount[]
}

const schools: Record<DemoKind, { make: (seed: string) => DemoSchool; style: Filling['style'] }> = {
  small: { make: school77, style: 'full' },
  fixture: { make: fixtureSchool, style: 'bare' },
}

/** The working Friday before the year: the administrator sets the school up. */
const openedAt = Date.parse('2026-08-28T07:00:00Z')
const minute = 60_000

/**
 * A school to try: `small` is the four-class school of the import files with a journal kept since 1 September; `fixture`
 * is the one of the acceptance scenarios, its earlier lessons filled without a single mark or absence.
 */
export function makeDemo(kind: DemoKind, { seed, today, now }: DemoOptions): Demo {
  const { make, style } = schools[kind]
  const school = make(seed)
  const opened = foundingDrafts(school, Math.min(openedAt, now - minute))
  const { zone } = directoryAfter(opened).school
  // Receipts come within two seconds; none may lie ahead.
  const until = Math.min(now, instantAt(addDays(today, 1), '00:00', zone)) - 3000
  const office = [...opened, ...school.later.filter(({ at }) => at <= until)]
  const directory = directoryAfter(office)
  const lessons = lessonDrafts({ directory, seed, today, until, style })
  const entries = sealDrafts(school.db, [...office, ...lessons], seed)
  const isOffice = ({ entry }: Founded) => entry.kind === 'keep-directory'
  return {
    db: school.db,
    name: school.name,
    entries: [...entries.filter(isOffice), ...entries.filter((founded) => !isOffice(founded))],
    accounts: school.accounts,
  }
}
