import { isStaff, viewerOf } from '../people/viewer'
import type { Json } from '../plain/json'
import { must } from '../plain/must'
import { arrived, directoryDocument, documentAfter, type Arrived } from '../testing/documents'
import { foldRules } from '../testing/folding'
import { aReceipt, emptyLedger } from '../testing/receipts'
import { anEntry, cellsOfSmallSchool, db, mathLesson, salt, smallSchool } from '../testing/small-school'
import { documentOf, type SheetDocument } from './document'
import { appendEntry } from './ledger'
import { project } from './project'
import { waitingFor } from './receipt'

const school = smallSchool()
const day = '2026-09-16'
const seen = (sheet: SheetDocument, person: string, directory = school) =>
  project(sheet, viewerOf(person, day, directory), directory)
const cells = (sheet: SheetDocument, person: string, directory = school) =>
  Object.keys(seen(sheet, person, directory)?.cells ?? {}).sort()
const set = (cell: string, value: Json, author = 't1', base: string[] = []): Arrived =>
  arrived(anEntry({ cell, value, author, base }))
const text = (said: string) => ({ text: said, salt })

const filled: Arrived[] = [
  set('taken', true),
  set('topic', text('Дроби')),
  set('homework', { none: true }),
  set('column:w', { type: 'control', title: null, weight: 1 }),
  set('mark:w:s1', '5'),
  set('mark:w:s2', '2'),
  set('absence:s1', 'late'),
  set('reason:s2', 'ill'),
  set('remark:s1:a', { to: 'family', text: text('Молодец') }),
  set('remark:s1:b', { to: 'staff', text: text('Для своих') }),
  set('remark:s2:c', { to: 'family', text: text('Про другого') }),
]
const lesson = documentAfter(mathLesson, filled)
const everything = Object.keys(lesson.cells).sort()
const ofClass = ['column:w', 'homework', 'taken', 'topic']
const ofS1 = [...ofClass, 'absence:s1', 'mark:w:s1', 'remark:s1:a'].sort()

describe('a lesson', () => {
  test.each<[string, string, string[] | null]>([
    ['ACC-13 its teacher sees all', 't1', everything],
    ['ACC-14 the homeroom teacher sees all', 't2', everything],
    ['ACC-15 a deputy sees all', 'd1', everything],
    ['ACC-16 the director sees all', 'h1', everything],
    ['ACC-13 a teacher of the same class does not', 't3', null],
    ['ACC-17 a psychologist does not yet', 'p1', null],
    ['an administrator does not', 'a1', null],
    ['a secretary does not', 'q1', null],
    ['ACC-19 a guardian sees the child’s own cells and those of the class', 'g1', ofS1],
    ['ACC-19 a student sees the own ones', 's1', ofS1],
    ['ACC-19 a student of another class sees nothing', 's9', null],
    ['somebody unknown sees nothing', 'x1', null],
  ])('%s', (_rule, person, says) => {
    const sheet = seen(lesson, person)
    expect(sheet && Object.keys(sheet.cells).sort()).toEqual(says)
  })
  test('TIM-06 a substitute sees exactly the lesson given to them', () => {
    const given = smallSchool({
      'timetable:c5a': { 'substitution:m5:2026-09-16:2': { teacher: 't3', cancelled: false, room: null } },
    })
    expect(cells(lesson, 't3', given)).toEqual(everything)
    expect(seen({ ...lesson, _id: 'lesson:m5:2026-09-17:2' }, 't3', given)).toBeNull()
  })
  test('a family of the other subgroup sees nothing', () => {
    const english = documentAfter('lesson:e5b:2026-09-16:1', [
      arrived(anEntry({ sheet: 'lesson:e5b:2026-09-16:1', cell: 'taken', value: true })),
    ])
    expect([seen(english, 'g1'), seen(english, 's1')]).toEqual([null, null])
    expect(cells(english, 's3')).toEqual(['taken'])
  })
  test('families get value and version, and no word of how it came about', () => {
    expect(seen(lesson, 'g1')?.cells['mark:w:s1']).toEqual({ value: '5', version: 5 })
    expect(seen(lesson, 't1')?.cells['mark:w:s1']).toMatchObject({ times: 1, heads: [{ author: 't1' }] })
  })
  test('a teacher who is a guardian sees a child’s lesson as family', () => {
    const both = smallSchool({
      'families:c5a': {
        'guardian:t5': must(cellsOfSmallSchool['families:c5a'], 'families')['guardian:g1'] ?? null,
      },
    })
    expect(isStaff(viewerOf('t5', day, both))).toBe(true)
    expect(cells(lesson, 't5', both)).toEqual(ofS1)
  })
})

describe('P-4 the version of what is shown', () => {
  test('is the highest among the cells shown: another child’s mark does not move it', () => {
    expect(seen(lesson, 'g1')?.version).toBe(9)
    expect(seen(documentAfter(mathLesson, [...filled, set('mark:w:s3', '3')]), 'g1')?.version).toBe(9)
  })
  test('a remark to staff does not move it', () => {
    expect(
      seen(
        documentAfter(mathLesson, [...filled, set('remark:s1:d', { to: 'staff', text: text('Ещё') })]),
        'g1',
      )?.version,
    ).toBe(9)
  })
  test('C5 a cell that becomes contested goes, and the version says so', () => {
    const asking = smallSchool({
      policy: {
        'policy:2026-09-01': {
          preset: 'product-default',
          overrides: { 'sync.sameAuthorConflict': 'askAuthor' },
        },
      },
    })
    const contested = documentAfter(
      mathLesson,
      [...filled, arrived(anEntry({ cell: 'mark:w:s1', value: '4', device: 'phone1' }))],
      asking,
    )
    expect(contested.cells['mark:w:s1']?.contested).toBe(true)
    expect(cells(contested, 'g1')).toEqual(ofS1.filter((cell) => cell !== 'mark:w:s1'))
    expect(seen(contested, 'g1')?.version).toBe(12)
    expect(seen(contested, 'g2')?.version).toBe(11)
    expect(cells(contested, 't1')).toEqual(everything)
  })
  test('a remark taken back from the family goes, and the version says so', () => {
    const [, , , , , , , , remark] = filled
    const withdrawn = set('remark:s1:a', { to: 'staff', text: text('Для своих') }, 't1', [
      must(remark, 'a remark').entry.id,
    ])
    const after = documentAfter(mathLesson, [...filled, withdrawn])
    expect(seen(after, 'g1')?.version).toBe(12)
    expect(JSON.stringify(seen(after, 'g1'))).not.toContain('Для своих')
    expect(seen(after, 'g2')?.version).toBe(11)
  })
})

describe('P-2 what a family saw and sees no more goes, and the version says so', () => {
  const removed = (cell: string, base: Arrived) =>
    documentAfter(mathLesson, [...filled, set(cell, null, 't1', [base.entry.id])])
  test('a remark that was taken away', () => {
    const after = removed('remark:s1:a', must(filled[8], 'a remark'))
    expect([cells(after, 'g1'), seen(after, 'g1')?.version]).toEqual([
      ofS1.filter((cell) => cell !== 'remark:s1:a'),
      12,
    ])
    expect(seen(after, 'g2')?.version).toBe(11)
  })
  test('P-4 but of one that was for staff from the start a family hears nothing', () => {
    const after = removed('remark:s1:b', must(filled[9], 'a remark'))
    expect(seen(after, 'g1')?.version).toBe(9)
    expect(seen(after, 't1')?.version).toBe(12)
  })
  test('C5 staff see that a cell is contested, and how often it was set', () => {
    const asking = foldRules({ askSameAuthor: true })
    const twice = [
      set('mark:w:s1', '5'),
      arrived(anEntry({ cell: 'mark:w:s1', value: '4', device: 'phone1' })),
    ]
    const ledger = twice.reduce(
      (grown, { entry, receipt }) => appendEntry(grown, entry, receipt),
      emptyLedger,
    )
    const place = { db, sheet: mathLesson, epoch: 'e1' }
    const document = documentOf(place, ledger, asking, 1, null)
    expect(seen(document, 't1')?.cells['mark:w:s1']).toMatchObject({ contested: true, times: 2 })
    expect(seen(lesson, 't1')?.cells['mark:w:s1']).not.toHaveProperty('contested')
    expect(seen(lesson, 'g1')).toMatchObject({ id: mathLesson, epoch: 'e1' })
  })
})

describe('own entries', () => {
  test('every author sees the standing of their own, and of nobody else’s', () => {
    const waiting = anEntry({ author: 't2', cell: 'mark:w:s1', value: '4' })
    const after = documentAfter(mathLesson, [
      ...filled,
      { entry: waiting, receipt: aReceipt(waiting, { admission: waitingFor('right') }) },
    ])
    expect(seen(after, 't2')?.own).toEqual({ [waiting.id]: { is: 'waiting', for: 'right' } })
    expect(Object.keys(seen(after, 't1')?.own ?? {})).toHaveLength(filled.length)
    expect(seen(after, 'd1')?.own).toEqual({})
    // P-4: what became of it is news to its author, and to nobody else.
    expect([seen(after, 't2')?.version, seen(after, 't1')?.version]).toEqual([12, 11])
  })
})

describe('a roster', () => {
  const roster = directoryDocument('roster:c5a')
  const whole = Object.keys(roster.cells).sort()
  test.each<[string, string[] | null]>([
    ['t1', whole],
    ['t2', whole],
    ['t3', whole],
    ['d1', whole],
    ['h1', whole],
    ['a1', whole],
    ['q1', whole],
    ['t5', null],
    ['p1', null],
    ['g1', ['class', 'section:e5a', 'section:m5', 'student:s1']],
    ['s3', ['class', 'section:e5b', 'section:m5', 'student:s3']],
    ['s9', null],
    ['x1', null],
  ])('ACC-19 %s sees %j', (person, says) => {
    const sheet = seen(roster, person)
    expect(sheet && Object.keys(sheet.cells).sort()).toEqual(says)
  })
  test('a subgroup that the child left goes, and the version says so; nobody else’s does', () => {
    const members = (ids: string[]) => ({
      ...(must(cellsOfSmallSchool['roster:c5a'], 'roster')['section:e5a'] as object),
      members: ids,
    })
    const e5a = roster.cells['section:e5a']
    const moved = anEntry({
      sheet: 'roster:c5a',
      kind: 'keep-directory',
      author: 'a1',
      cell: 'section:e5a',
      value: members(['s2']),
      base: e5a?.heads.map(({ id }) => id) ?? [],
    })
    const entries = roster.links.flatMap((link) => (link.type === 'entry' ? [link] : []))
    const after = documentAfter('roster:c5a', [...entries, arrived(moved, { capacity: 'office' })])
    const directory = smallSchool({ 'roster:c5a': { 'section:e5a': members(['s2']) } })
    expect(cells(after, 's1', directory)).toEqual(['class', 'section:m5', 'student:s1'])
    expect(seen(after, 's1', directory)?.version).toBe(after.version)
    expect(seen(after, 's3', directory)?.version).toBe(seen(roster, 's3')?.version)
  })
})

describe('families', () => {
  const families = directoryDocument('families:c5a')
  const whole = ['guardian:g1', 'guardian:g2']
  test.each<[string, string[] | null]>([
    ['a1', whole],
    ['q1', whole],
    ['d1', whole],
    ['t2', whole],
    ['t1', null],
    ['h1', null],
    ['g1', ['guardian:g1']],
    ['g2', ['guardian:g2']],
    ['s1', null],
    ['s9', null],
  ])('ACC-19 %s sees %j', (person, says) => {
    const sheet = seen(families, person)
    expect(sheet && Object.keys(sheet.cells).sort()).toEqual(says)
  })
})

describe('what the whole school shares', () => {
  test.each<[string, boolean, boolean, boolean]>([
    ['school', true, true, false],
    ['staff', true, true, false],
    ['calendar', true, true, false],
    ['policy', true, false, false],
    ['timetable:c5a', true, true, false],
    ['timetable:c1b', true, true, false],
  ])('%s: staff %p, guardian %p, stranger %p', (sheet, staff, guardian, stranger) => {
    const document = directoryDocument(sheet)
    expect(
      [seen(document, 't1'), seen(document, 'g1'), seen(document, 'x1')].map((found) => found !== null),
    ).toEqual([staff, guardian, stranger])
  })
  test('a sheet that this version does not know is shown to nobody', () => {
    expect(seen({ ...lesson, _id: 'thread:x' }, 'd1')).toBeNull()
  })
})
