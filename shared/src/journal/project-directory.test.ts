import { viewerOf } from '../people/viewer'
import type { Json } from '../plain/json'
import { must } from '../plain/must'
import { arrived, directoryDocument, documentAfter } from '../testing/documents'
import { documentOfCells } from '../testing/schools'
import { anEntry, cellsOfSmallSchool, mathLesson, salt, smallSchool } from '../testing/small-school'
import type { SheetDocument } from './document'
import { classOfLesson, project } from './project'

const school = smallSchool()
const seen = (sheet: SheetDocument, person: string, directory = school) =>
  project(sheet, viewerOf(person, '2026-09-16', directory), directory)
const cells = (sheet: SheetDocument, person: string, directory = school) => {
  const sheetSeen = seen(sheet, person, directory)
  return sheetSeen && Object.keys(sheetSeen.cells).sort()
}
const sectionOfRoster = (id: string) => must(cellsOfSmallSchool['roster:c5a'], 'roster')[id] as object

describe('ACC-19 a family sees the sheets of its own children’s classes, and of no other', () => {
  test.each<[string, string, string[] | null]>([
    ['g1', 'families:c1b', ['guardian:g1']],
    ['g2', 'families:c1b', null],
    ['g2', 'roster:c1b', null],
    ['g2', 'timetable:c1b', null],
    ['s1', 'families:c5a', null],
    ['s1', 'school', ['school']],
    ['x1', 'calendar', null],
  ])('%s of %s: %j', (person, sheet, says) => {
    expect(cells(directoryDocument(sheet), person)).toEqual(says)
  })
  test('a teacher who is a student’s guardian reads their class’s families as a family', () => {
    const both = {
      'guardian:t5': must(cellsOfSmallSchool['families:c5a'], 'families')['guardian:g2'] ?? null,
    }
    const directory = smallSchool({ 'families:c5a': both })
    const families = documentOfCells('families:c5a', { ...cellsOfSmallSchool['families:c5a'], ...both })
    expect(cells(families, 't5', directory)).toEqual(['guardian:t5'])
  })
  test('a cell that this version does not know is not for families', () => {
    const roster = documentOfCells('roster:c5a', { class: null, 'seat:s1': 1, 'sections:e5a': 1 })
    expect(cells(roster, 'g1')).toEqual(['class'])
    expect(cells(roster, 't1')).toEqual(['class', 'seat:s1', 'sections:e5a'])
    const lesson = documentOfCells(mathLesson, { taken: true, 'seat:s1': 1 })
    expect(cells(lesson, 'g1')).toEqual(['taken'])
    expect(cells(lesson, 't1')).toEqual(['seat:s1', 'taken'])
  })
})

describe('how a sheet came about', () => {
  const [who, family] = ['a1', 'g1']
  test.each([
    ['school', 'school'],
    ['staff', 'person:t1'],
    ['calendar', 'year'],
    ['timetable:c5a', 'week:m5-1-2'],
    ['families:c5a', 'guardian:g1'],
    ['roster:c5a', 'class'],
    ['roster:c5a', 'student:s1'],
    ['roster:c5a', 'section:m5'],
  ])('of %s staff see who wrote %s, a family its value and version', (sheet, cell) => {
    const document = directoryDocument(sheet)
    const { value, version, heads, times } = must(document.cells[cell], cell)
    expect(seen(document, who)?.cells[cell]).toEqual({ value, version, heads, times })
    expect(seen(document, family)?.cells[cell]).toEqual({ value, version })
  })
  test('the policy is for staff, as it came about', () => {
    const policy = directoryDocument('policy')
    expect(seen(policy, who)?.cells['policy:2026-09-01']?.heads).toHaveLength(1)
    expect(seen(policy, family)).toBeNull()
  })
})

describe('staff', () => {
  test('TIM-06 a substitute sees the class list', () => {
    const given = smallSchool({
      'timetable:c5a': { 'substitution:m5:2026-09-16:2': { teacher: 't5', cancelled: false, room: null } },
    })
    expect(cells(directoryDocument('roster:c5a'), 't5')).toBeNull()
    expect(cells(directoryDocument('roster:c5a'), 't5', given)).toContain('student:s1')
  })
  test('ACC-26 whose duty has ended sees nothing of the lessons that still bear the name', () => {
    const left = smallSchool({
      staff: {
        'person:t1': {
          name: { last: 'Орлова', first: '', middle: '', salt },
          roles: ['teacher'],
          to: '2026-09-13',
        },
      },
    })
    const lesson = documentOfCells(mathLesson, { taken: true })
    expect([cells(lesson, 't1'), cells(lesson, 't1', left)]).toEqual([['taken'], null])
  })
  test('a lesson of a section that the school has no more is for those who read all', () => {
    const lost = documentOfCells('lesson:zz:2026-09-16:2', { taken: true })
    expect(['d1', 't1', 't2', 'g1'].map((person) => cells(lost, person))).toEqual([
      ['taken'],
      null,
      null,
      null,
    ])
    expect(classOfLesson('lesson:zz:2026-09-16:2', school)).toBeNull()
    expect(classOfLesson('roster:c5a', school)).toBeNull()
  })
})

describe('P-2 a section that stops being a family’s goes, and the version says so', () => {
  const roster = directoryDocument('roster:c5a')
  const becomes = (section: string, value: Json) => {
    const entry = anEntry({
      sheet: 'roster:c5a',
      kind: 'keep-directory',
      author: 'a1',
      cell: section,
      value,
      base: roster.cells[section]?.heads.map(({ id }) => id) ?? [],
    })
    const entries = roster.links.flatMap((link) => (link.type === 'entry' ? [link] : []))
    return documentAfter('roster:c5a', [...entries, arrived(entry, { capacity: 'office' })])
  }
  test('a section of the whole class was everybody’s: whoever is not in the subgroup made of it loses it', () => {
    const members = { ...sectionOfRoster('section:m5'), members: ['s2'] }
    const directory = smallSchool({ 'roster:c5a': { 'section:m5': members } })
    const split = becomes('section:m5', members)
    expect(cells(split, 's1', directory)).not.toContain('section:m5')
    expect(seen(split, 's1', directory)?.version).toBe(split.version)
    expect(seen(split, 's2', directory)?.cells['section:m5']?.value).toEqual(members)
  })
  test('P-4 one that was removed, and never was theirs, says nothing', () => {
    const removed = becomes('section:e5b', null)
    const directory = smallSchool({ 'roster:c5a': { 'section:e5b': null } })
    expect(seen(removed, 's3', directory)?.version).toBe(removed.version)
    expect(seen(removed, 's1', directory)?.version).toBe(seen(roster, 's1')?.version)
  })
})
