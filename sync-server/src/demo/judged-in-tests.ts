import { dayOf } from 'shared/calendar/zone'
import type { Entry } from 'shared/journal/entry'
import { judge, type Judgement } from 'shared/journal/judge'
import { fixMade, type Interval } from 'shared/journal/made'
import type { Directory } from 'shared/people/directory'
import { viewerOf } from 'shared/people/viewer'
import type { Json } from 'shared/plain/json'
import type { Founded } from '../journal/port'
import { directoryAfter } from './school'

export interface Judged extends Judgement {
  entry: Entry
  made: Interval
}

/** What the school's own rules say of founded entries, taken one after the other: for the tests of the demo. */
export function judgeAll(db: string, entries: readonly Founded[], contactProven: boolean): Judged[] {
  const directory = directoryOfEntries(entries)
  const sheets = new Map<
    string,
    { cells: Record<string, { value: Json }>; entries: Map<string, readonly string[]> }
  >()
  return entries.map(({ entry, received }, i) => {
    const sheet = sheets.get(entry.sheet) ?? { cells: {}, entries: new Map<string, readonly string[]>() }
    sheets.set(entry.sheet, sheet)
    const made = fixMade(entry.made, { received, clock: null, seen: [], tolerance: 120_000, contactProven })
    const judgement = judge(entry, {
      db,
      actor: viewerOf(entry.author, dayOf(made.to, directory.school.zone), directory),
      directory,
      cells: sheet.cells,
      cellsOf: (id) => sheet.entries.get(id) ?? null,
      made,
      received,
      // Only the first of all can have nobody's right to lean on; lessons are judged as any other day's.
      founding: i < 100 && entry.kind === 'keep-directory',
    })
    for (const { cell, value } of entry.changes) sheet.cells[cell] = { value }
    sheet.entries.set(
      entry.id,
      entry.changes.map(({ cell }) => cell),
    )
    return { ...judgement, entry, made }
  })
}

/** The directory that the office's entries make. */
export function directoryOfEntries(entries: readonly Founded[]): Directory {
  const office = entries.filter(({ entry }) => entry.kind === 'keep-directory')
  return directoryAfter(
    office.map(({ entry: { sheet, changes, author } }) => ({
      sheet,
      kind: 'keep-directory',
      set: changes,
      author,
      at: 0,
    })),
  )
}
