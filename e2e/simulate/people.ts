import { sealEntry, type Entry } from 'shared/journal/entry'
import type { Json } from 'shared/plain/json'
import { viewerOf } from 'shared/people/viewer'
import { cellsOfSmallSchool, db, smallSchool } from 'shared/testing/small-school'
import type { Me } from '../../client/src/store/port'

export { db }

/** 09:05 in Moscow on Wednesday 16 September 2026: the second lesson begins at 09:25, marks before it wait for a deputy. */
export const morning = Date.parse('2026-09-16T06:05:00Z')

const directory = smallSchool()

export function meOf(person: string): Me {
  const { roles, children } = viewerOf(person, '2026-09-16', directory)
  return {
    person,
    name: person,
    db,
    school: directory.school.name,
    zone: directory.school.zone,
    roles,
    children,
  }
}

/** The entries that found the small school, as its administrator makes them. */
export function foundingEntries(): { entry: Entry; received: number }[] {
  const clock = { wall: morning - 86_400_000, mono: 1, boot: 'founding', jumps: 0 }
  return Object.entries(cellsOfSmallSchool).map(([sheet, cells], i) => ({
    received: morning - 86_400_000 + i,
    entry: sealEntry({
      db,
      sheet,
      kind: 'keep-directory',
      changes: Object.entries(cells).map(([cell, value]: [string, Json]) => ({ cell, value, base: [] })),
      author: 'a1',
      device: 'office',
      n: i + 1,
      made: { clock, contact: null },
    }),
  }))
}

/** Other families' children, by whose guardian or student looks: no byte of them may reach that device (ACC-19). */
export const children = ['s1', 's2', 's3', 's9']
