import { addDays, instantAt } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import type { Founded } from '../journal/port'
import { inOrder, Sealer, type Draft } from './drafts'
import { lessonDrafts } from './fill'
import { fixtureSchool } from './fixture-school'
import { makeSchoolOf } from './full/school-of'
import type { Filling } from './held-lessons'
import { directoryAfter, foundingDrafts, type DemoAccount, type DemoSchool } from './school'
import { school77 } from './school77'

export const demoKinds = ['small', 'full', 'fixture'] as const
export type DemoKind = (typeof demoKinds)[number]

export interface DemoOptions {
  /** The same seed, today and now give the same entries, byte for byte. */
  seed: string
  /** The last day that the journal speaks of; on a day off, the last school day before it. */
  today: Day
  /** ms since 1970: nothing is made later. */
  now: number
  /** Which of several schools, from 1: only of `full` there is more than one. */
  school?: number
}

export interface Demo {
  db: string
  name: string
  /**
   * The directory first, then what happened in lessons, in order of time. Made while it is read, and again by each
   * reading: a whole school's year is never in memory at once.
   */
  entries: Iterable<Founded>
  /** The sign-ins to make. Nobody else of the school can sign in. */
  accounts: DemoAccount[]
}

const fullClasses = 40

const schools: Record<
  DemoKind,
  { make: (seed: string, school: number) => DemoSchool; style: Filling['style'] }
> = {
  small: { make: school77, style: 'full' },
  full: { make: (seed, school) => makeSchoolOf({ classes: fullClasses, seed, school }), style: 'full' },
  fixture: { make: fixtureSchool, style: 'bare' },
}

/** The working Friday before the year: the administrator sets the school up. */
const openedAt = Date.parse('2026-08-28T07:00:00Z')
const minute = 60_000

/**
 * A school to try: `small` is the four-class school of the import files with a journal kept since 1 September, `full` a
 * whole school of forty classes; `fixture` is the one of the acceptance scenarios, its earlier lessons filled without a
 * single mark or absence.
 */
export function makeDemo(kind: DemoKind, { school = 1, ...options }: DemoOptions): Demo {
  const { make, style } = schools[kind]
  return demoOf(make(options.seed, school), style, options)
}

/** The same of any school: with a `today` early in September, of a school of any size in little time. */
export function demoOf(
  school: DemoSchool,
  style: Filling['style'],
  options: Omit<DemoOptions, 'school'>,
): Demo {
  const { db, name, accounts } = school
  return { db, name, accounts, entries: { [Symbol.iterator]: () => entriesOf(school, style, options) } }
}

function* entriesOf(
  school: DemoSchool,
  style: Filling['style'],
  { seed, today, now }: Omit<DemoOptions, 'school'>,
): Generator<Founded, undefined> {
  const sheets = foundingDrafts(school, 0).length
  const opened = foundingDrafts(school, Math.min(openedAt, now - minute - 1000 * sheets))
  const { zone } = directoryAfter(opened).school
  // Receipts come within two seconds; none may lie ahead.
  const until = Math.min(now, instantAt(addDays(today, 1), '00:00', zone)) - 3000
  const office = inOrder([...opened, ...school.later.filter(({ at }) => at <= until)])
  const keeping = new Sealer(school.db, seed, 'office')
  for (const draft of office) yield keeping.seal(draft)
  const teaching = new Sealer(school.db, seed, 'tablet')
  let waiting: Draft[] = []
  for (const { end, drafts } of lessonDrafts({
    directory: directoryAfter(office),
    seed,
    today,
    until,
    style,
  })) {
    waiting = inOrder([...waiting, ...drafts])
    const later = waiting.findIndex(({ at }) => at >= end)
    const ready = later === -1 ? waiting : waiting.slice(0, later)
    waiting = waiting.slice(ready.length)
    for (const draft of ready) yield teaching.seal(draft)
  }
  for (const draft of waiting) yield teaching.seal(draft)
  return undefined
}
