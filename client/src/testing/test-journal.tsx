import { render, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { hashOf } from 'shared/plain/hash'
import type { Json } from 'shared/plain/json'
import { viewerOf } from 'shared/people/viewer'
import type { Capacity } from 'shared/journal/receipt'
import type { ProjectedSheet } from 'shared/journal/project'
import { db, smallSchool, smallSchoolSheets } from 'shared/testing/small-school'
import { initialsName } from 'shared/people/names'
import { makeJournal, type OpenJournal } from '../store/journal'
import { emptyDisk, memoryStorage, type Disk } from '../store/memory-storage'
import type { Me } from '../store/port'
import { emptyMeta } from '../store/storage'
import { JournalContext } from '../store/use-journal'

/** Wednesday 16 September 2026, 09:40 in Moscow: mathematics in 5А is going on. */
export const duringMathLesson = Date.parse('2026-09-16T06:40:00Z')

export interface TestSchool {
  /** Who has opened the journal; by default Орлова, who teaches mathematics in 5А. */
  me?: string
  /** The moment it is (ms). */
  at?: number
  /** Directory cells that differ from the small school's. */
  changes?: Record<string, Record<string, Json>>
  /** Lesson sheets as pulled: plain values by cell, or whole projected sheets. */
  sheets?: Record<string, Record<string, Json>> | ProjectedSheet[]
  disk?: Disk
}

/** A sheet as a pull brings it to staff: each cell set once, by one entry of `author`. */
export function pulledSheet(
  id: string,
  cells: Record<string, Json>,
  {
    author = 't1',
    capacity = 'assignee',
    version = 1,
  }: { author?: string; capacity?: Capacity; version?: number } = {},
): ProjectedSheet {
  const sheet: ProjectedSheet = { id, version, epoch: 'epoch1', cells: {}, own: {} }
  for (const [cell, value] of Object.entries(cells)) {
    const head = { id: hashOf({ id, cell, version }), author, capacity, made: 1, rank: 3, value }
    sheet.cells[cell] = { value, version, heads: [head], times: 1 }
  }
  return sheet
}

/** Who a person of the small school is, as a session would say. */
export function meOf(person: string, changes: TestSchool['changes'] = {}): Me {
  const directory = smallSchool(changes)
  const { roles, children } = viewerOf(person, '2026-09-16', directory)
  const known =
    directory.staff.get(person) ?? directory.guardians.get(person) ?? directory.students.get(person)
  const name = known ? initialsName(known.name) : person
  return { person, name, db, school: directory.school.name, zone: directory.school.zone, roles, children }
}

/** A clock that stands where it is put. */
export function standingClock(at: number) {
  const clock = {
    at,
    read: () => ({ wall: clock.at, mono: clock.at - duringMathLesson + 1e6, boot: 'test', jumps: 0 }),
  }
  return clock
}

/** A journal in memory with the small school in it: real in all but that nothing leaves the test. */
export function testJournal({
  me = 't1',
  at = duringMathLesson,
  changes = {},
  sheets = {},
  disk = emptyDisk(),
}: TestSchool = {}): OpenJournal {
  const clock = standingClock(at)
  const contact = { time: at, token: '', clock: clock.read() }
  const loaded = {
    rows: [...disk.rows.values()],
    dismissed: [...disk.dismissed],
    meta: { ...emptyMeta, contact },
  }
  const journal = makeJournal({
    me: meOf(me, changes),
    device: 'tablet1',
    storage: memoryStorage(disk),
    clock,
    loaded,
  })
  const directory = smallSchoolSheets(changes).map(({ id, cells }) => {
    return pulledSheet(
      id,
      Object.fromEntries(Object.entries(cells).map(([cell, { value }]) => [cell, value])),
    )
  })
  const lessons = Array.isArray(sheets)
    ? sheets
    : Object.entries(sheets).map(([id, cells]) => pulledSheet(id, cells))
  journal.takeIn([...directory, ...lessons])
  return journal
}

/** Shows a screen with a journal open. */
export function renderWithJournal(
  screen: ReactNode,
  journal: OpenJournal = testJournal(),
): RenderResult & { journal: OpenJournal } {
  const shown = render(<JournalContext value={journal}>{screen}</JournalContext>)
  return { ...shown, journal }
}
