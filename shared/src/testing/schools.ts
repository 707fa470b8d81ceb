import * as fc from 'fast-check'
import type { SheetDocument, StoredCell } from '../journal/document'
import { foldVersion } from '../journal/fold'
import { addressOf } from '../journal/ids'
import type { Head } from '../journal/sheet'
import type { Directory } from '../people/directory'
import type { Json } from '../plain/json'
import { cellsOfSmallSchool, db, salt, smallSchool } from './small-school'

/** Arbitrary schools: who is in which class and subgroup, who is whose guardian, who stands in for whom. Names carry the id. */

export const students = ['s1', 's2', 's3', 's4', 's5']
export const guardians = ['g1', 'g2', 'g3']
export const staff = ['t1', 't2', 't3', 't4', 't5', 'd1', 'h1', 'a1', 'q1', 'p1']
const classes = ['c5a', 'c1b']
export const lessonSheets = ['m5', 'e5a', 'e5b', 'm1'].map(
  (section) => `lesson:${section}:2026-09-16:${section === 'm5' ? 2 : 1}`,
)

const someOf = <T>(all: readonly T[]) => fc.subarray([...all])
const draws = fc.record({
  classOf: fc.array(fc.constantFrom(...classes), { minLength: students.length, maxLength: students.length }),
  first: someOf(students),
  second: someOf(students),
  children: fc.array(someOf(students), { minLength: guardians.length, maxLength: guardians.length }),
  homerooms: fc.array(fc.constantFrom('t1', 't2', 't5', null), { minLength: 2, maxLength: 2 }),
  substitute: fc.constantFrom('t1', 't3', 't5', null),
  teacherWithChildren: someOf(students),
})

const name = (id: string) => ({ last: `Имя_${id}`, first: '', middle: '', salt })
const cellsOfSheet = (sheet: string) => cellsOfSmallSchool[sheet] ?? {}
const over = (cell: Json | undefined, with_: Record<string, Json>): Json => ({
  ...(cell as { [key: string]: Json }),
  ...with_,
})

export interface School {
  directory: Directory
  /** The cells of every directory sheet. */
  sheets: Record<string, Record<string, Json>>
}

export const schools: fc.Arbitrary<School> = draws.map((drawn) => {
  const nobody = { 'student:s1': null, 'student:s2': null, 'student:s3': null, 'student:s9': null }
  const of = (schoolClass: string) => students.filter((_, i) => drawn.classOf[i] === schoolClass)
  const roster = (schoolClass: string) => ({
    ...nobody,
    ...Object.fromEntries(of(schoolClass).map((id) => [`student:${id}`, { name: name(id) }])),
  })
  const homeroom = (i: number) => ({
    class: over(cellsOfSheet(`roster:${classes[i]}`).class, { homeroom: drawn.homerooms[i] ?? null }),
  })
  const members = (section: string, ids: string[]) => ({
    [`section:${section}`]: over(cellsOfSheet('roster:c5a')[`section:${section}`], {
      members: ids.filter((id) => of('c5a').includes(id)),
    }),
  })
  const families = (schoolClass: string) => {
    const pairs: [string, string[]][] = [
      ...guardians.map((id, i): [string, string[]] => [id, drawn.children[i] ?? []]),
      ['t5', drawn.teacherWithChildren],
    ]
    return Object.fromEntries(
      pairs.map(([id, children]) => {
        const here = children.filter((child) => of(schoolClass).includes(child))
        return [`guardian:${id}`, here.length > 0 ? { name: name(id), children } : null]
      }),
    )
  }
  const changes: Record<string, Record<string, Json>> = {
    'roster:c5a': {
      ...roster('c5a'),
      ...homeroom(0),
      ...members('e5a', drawn.first),
      ...members('e5b', drawn.second),
    },
    'roster:c1b': { ...roster('c1b'), ...homeroom(1) },
    'families:c5a': families('c5a'),
    'families:c1b': families('c1b'),
    'timetable:c5a': drawn.substitute
      ? { 'substitution:m5:2026-09-16:2': { teacher: drawn.substitute, cancelled: false, room: null } }
      : {},
    policy: {
      'policy:2026-09-01': {
        preset: 'product-default',
        overrides: { 'sync.sameAuthorConflict': 'askAuthor' },
      },
    },
  }
  const sheets = Object.fromEntries(
    Object.entries(cellsOfSmallSchool).map(([sheet, cells]) => [sheet, { ...cells, ...changes[sheet] }]),
  )
  return { directory: smallSchool(changes), sheets }
})

/** A document with these cells, each as its first entry set it; without a ledger, for what reads cells only. */
export function documentOfCells(sheet: string, cells: Readonly<Record<string, Json>>): SheetDocument {
  const stored = Object.entries(cells).map(([cell, value]): [string, StoredCell] => {
    const head: Head = { id: 'x'.repeat(43), author: 'a1', capacity: 'office', made: 0, rank: 4, value }
    return [cell, { value, heads: [head], contested: false, times: 1, version: 1 }]
  })
  const place = {
    _id: sheet,
    type: addressOf(sheet)?.type ?? '',
    db,
    version: 1,
    epoch: 'e1',
    fold: foldVersion,
  }
  return { ...place, links: [], texts: {}, cells: Object.fromEntries(stored), standings: {}, waiting: false }
}
