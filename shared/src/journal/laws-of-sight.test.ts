import * as fc from 'fast-check'
import { isStaff, viewerOf } from '../people/viewer'
import { arrived, documentAfter, type Arrived } from '../testing/documents'
import {
  documentOfCells,
  guardians,
  lessonSheets,
  schools,
  staff,
  students,
  type School,
} from '../testing/schools'
import { anEntry, mathLesson, salt } from '../testing/small-school'
import { examples } from '../testing/property-runs'
import type { SheetDocument } from './document'
import { project } from './project'
import { isInScope, scopeOf } from './scope'

const runs = examples(500)
const day = '2026-09-16'
const everybody = [...students, ...guardians, ...staff]
const viewer = (person: string, { directory }: School) => viewerOf(person, day, directory)

/** Every cell of every lesson that could name a child: marks, absences, remarks; each value carries its child's id. */
const cellsOfChild = (id: string): [string, string | object][] => [
  [`mark:answer:${id}`, `v_${id}`],
  [`absence:${id}`, `a_${id}`],
  [`reason:${id}`, `r_${id}`],
  [`remark:${id}:f`, { to: 'family', text: { text: `для семьи_${id}`, salt } }],
  [`remark:${id}:t`, { to: 'staff', text: { text: 'только для своих', salt } }],
]
const written = fc.array(
  fc.record({
    change: fc.constantFrom(
      ...students.flatMap(cellsOfChild),
      ['topic', { text: 'Дроби', salt }] as [string, object],
      ['taken', true] as [string, never],
    ),
    device: fc.constantFrom('tablet1', 'phone1'),
    value: fc.constantFrom('', '_again'),
    onTop: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)
type Written = typeof written extends fc.Arbitrary<infer W> ? W : never

function entriesOf(steps: Written): Arrived[] {
  const last = new Map<string, string>()
  return steps.map(({ change: [cell, said], device, value, onTop }) => {
    const known = last.get(cell)
    const entry = anEntry({
      cell,
      value: (typeof said === 'string' ? said + value : said) as string,
      device,
      base: onTop && known ? [known] : [],
    })
    last.set(cell, entry.id)
    return arrived(entry)
  })
}
const names = (text: string, id: string) => new RegExp(`(^|[^A-Za-z0-9])${id}($|[^A-Za-z0-9])`).test(text)
const familyOf = (person: string, school: School) => !isStaff(viewer(person, school))
const sheetsOf = (school: School): SheetDocument[] =>
  Object.entries(school.sheets).map(([sheet, cells]) => documentOfCells(sheet, cells))

test('ACC-19 a family’s projection of a lesson names no other child, no remark to staff, no contested cell, no author', () => {
  fc.assert(
    fc.property(schools, written, (school, steps) => {
      const document = documentAfter(mathLesson, entriesOf(steps), school.directory)
      for (const person of [...students, ...guardians]) {
        const seen = project(document, viewer(person, school), school.directory)
        const text = JSON.stringify(seen?.cells ?? {})
        const { children } = viewer(person, school)
        expect(students.filter((id) => !children.includes(id) && names(text, id))).toEqual([])
        expect(text).not.toMatch(/только для своих|t1|tablet1|heads|author/)
        expect(Object.keys(seen?.cells ?? {}).filter((cell) => document.cells[cell]?.contested)).toEqual([])
      }
    }),
    runs,
  )
})

test('ACC-19 nor does any sheet of the directory', () => {
  fc.assert(
    fc.property(schools, (school) => {
      const sheets = sheetsOf(school)
      for (const person of [...students, ...guardians]) {
        const text = sheets
          .map((sheet) =>
            JSON.stringify(project(sheet, viewer(person, school), school.directory)?.cells ?? {}),
          )
          .join(' ')
        const { children } = viewer(person, school)
        const others = [
          ...students.filter((id) => !children.includes(id)),
          ...guardians.filter((id) => id !== person),
        ]
        expect(others.filter((id) => names(text, id))).toEqual([])
      }
    }),
    examples(500),
  )
})

test('P-4 what is written of another child changes nothing in a family’s projection, not even its version', () => {
  fc.assert(
    fc.property(schools, written, (school, steps) => {
      const entries = entriesOf(steps)
      fc.pre(entries.length > 1)
      const cell = entries.at(-1)?.entry.changes[0]?.cell ?? ''
      const ofOthers = (person: string) =>
        students.some((id) => names(cell, id)) &&
        !viewer(person, school).children.some((child) => names(cell, child))
      const sheet = documentAfter(mathLesson, entries, school.directory)
      const earlier = documentAfter(mathLesson, entries.slice(0, -1), school.directory)
      for (const person of [...students, ...guardians].filter(ofOthers)) {
        const who = viewer(person, school)
        expect(project(sheet, who, school.directory)).toEqual(project(earlier, who, school.directory))
      }
    }),
    runs,
  )
})

test('P-2 whoever sees something else than before sees it under a higher version', () => {
  fc.assert(
    fc.property(schools, written, (school, steps) => {
      const entries = entriesOf(steps)
      fc.pre(entries.length > 1)
      const sheet = documentAfter(mathLesson, entries, school.directory)
      const earlier = documentAfter(mathLesson, entries.slice(0, -1), school.directory)
      const unnoticed = everybody.filter((person) => {
        const who = viewer(person, school)
        const [old, now] = [earlier, sheet].map((document) => project(document, who, school.directory))
        return (
          old && now && JSON.stringify(old.cells) !== JSON.stringify(now.cells) && now.version <= old.version
        )
      })
      expect(unnoticed).toEqual([])
    }),
    runs,
  )
})

test('P-5 a family holds every lesson that it may see and no other, and nothing else that it may not see', () => {
  fc.assert(
    fc.property(schools, (school) => {
      const lessons = lessonSheets.map((sheet) => documentOfCells(sheet, { taken: true }))
      for (const person of [...students, ...guardians].filter((id) => familyOf(id, school))) {
        const who = viewer(person, school)
        const scope = scopeOf(who, school.directory, day)
        const shows = (sheet: SheetDocument) => project(sheet, who, school.directory) !== null
        expect(lessons.map((sheet) => isInScope(sheet._id, scope))).toEqual(lessons.map(shows))
        expect(
          sheetsOf(school)
            .filter((sheet) => shows(sheet) && !isInScope(sheet._id, scope))
            .map(({ _id }) => _id),
        ).toEqual([])
      }
    }),
    runs,
  )
})

test('P-5 nobody holds a sheet that they may not see', () => {
  fc.assert(
    fc.property(schools, fc.subarray(['m5', 'e5a', 'm1', 'zz']), (school, open) => {
      const all = [
        ...sheetsOf(school),
        ...lessonSheets.map((sheet) => documentOfCells(sheet, { taken: true })),
      ]
      for (const person of everybody) {
        const who = viewer(person, school)
        const held = all.filter(({ _id }) => isInScope(_id, scopeOf(who, school.directory, day, open)))
        expect(held.filter((sheet) => !project(sheet, who, school.directory)).map(({ _id }) => _id)).toEqual(
          [],
        )
      }
    }),
    runs,
  )
})
