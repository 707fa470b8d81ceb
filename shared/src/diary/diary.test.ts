import { lessonId } from '../journal/ids'
import { lessonAt, smallSchool, salt } from '../testing/small-school'
import type { Json } from '../plain/json'
import { diaryDay } from './diary-day'
import { diaryNews, newestVersion } from './diary-news'
import type { ReadCells } from './homework-due'
import { lessonsOfChild } from './lessons-of-child'
import { subjectMean } from './subject-mean'

const text = (words: string): Json => ({ text: words, salt })
const math = (date: string) => lessonId('m5', date, 2)
const english = (date: string) => lessonId('e5a', date, 1)
const wednesday = '2026-09-16'

type Written = Record<string, Record<string, Json>>
function reading(written: Written, version = 1): ReadCells {
  return (sheet) =>
    Object.fromEntries(
      Object.entries(written[sheet] ?? {}).map(([cell, value]) => [cell, { value, version }]),
    )
}

function dayOfChild(written: Written, date = wednesday, child = 's1', directory = smallSchool()) {
  const lessons = lessonsOfChild(child, '2026-09-01', '2026-10-23', directory)
  return diaryDay(child, date, lessons, directory, reading(written))
}
const rowOf = (day: ReturnType<typeof dayOfChild>, section: string) =>
  day.rows.find(({ lesson }) => lesson.section === section)

describe('the lessons of a child', () => {
  test('are those of the class and of the child’s own subgroup, in order of time', () => {
    expect(dayOfChild({}).rows.map(({ lesson }) => lesson.section)).toEqual(['e5a', 'm5'])
    expect(dayOfChild({}, wednesday, 's3').rows.map(({ lesson }) => lesson.section)).toEqual(['e5b', 'm5'])
  })

  test('begin on the day the child came to the class', () => {
    const student = { name: { last: 'Абрамов', first: 'Кирилл', middle: '', salt }, from: '2026-09-17' }
    const directory = smallSchool({ 'roster:c5a': { 'student:s1': student } })
    expect(dayOfChild({}, wednesday, 's1', directory).rows).toEqual([])
    expect(dayOfChild({}, '2026-09-17', 's1', directory).rows).toHaveLength(2)
  })

  test.each([
    ['2026-09-19', 'weekend', null],
    ['2026-10-28', 'between-terms', null],
    ['2026-11-04', 'holiday', 'День народного единства'],
  ])('a day without lessons says why: %s', (date, is, holiday) => {
    expect(dayOfChild({}, date)).toMatchObject({ is, holiday, rows: [] })
  })
})

describe('homework of the day', () => {
  test('without a date it is due at the next lesson of the section', () => {
    const day = dayOfChild({ [math('2026-09-15')]: { homework: { text: text('№ 12') } } })
    expect(rowOf(day, 'm5')?.due).toMatchObject([{ text: '№ 12', set: '2026-09-15', due: wednesday }])
    expect(rowOf(day, 'e5a')?.due).toEqual([])
  })

  test('with a date it waits for that day', () => {
    const written = { [math('2026-09-14')]: { homework: { text: text('Проект'), due: wednesday } } }
    expect(rowOf(dayOfChild(written, '2026-09-15'), 'm5')?.due).toEqual([])
    expect(rowOf(dayOfChild(written), 'm5')?.due).toMatchObject([{ text: 'Проект' }])
  })

  test('skips a cancelled lesson', () => {
    const cancelled = { teacher: null, cancelled: true, room: null }
    const directory = smallSchool({ 'timetable:c5a': { [`substitution:m5:${wednesday}:2`]: cancelled } })
    const written = { [math('2026-09-15')]: { homework: { text: text('№ 12') } } }
    expect(rowOf(dayOfChild(written, wednesday, 's1', directory), 'm5')).toMatchObject({ due: [] })
    expect(rowOf(dayOfChild(written, '2026-09-17', 's1', directory), 'm5')?.due).toMatchObject([
      { text: '№ 12' },
    ])
  })

  test('a double lesson is not its own next one, and the first of the two asks for it', () => {
    const second = { section: 'm5', weekday: 3, slot: 3, room: '204', from: '2026-09-01', to: null }
    const directory = smallSchool({ 'timetable:c5a': { 'week:m5-3-3': second } })
    const written = {
      [math('2026-09-15')]: { homework: { text: text('№ 12') } },
      [math(wednesday)]: { homework: { text: text('№ 13') } },
    }
    const rows = dayOfChild(written, wednesday, 's1', directory).rows.filter(
      ({ lesson }) => lesson.section === 'm5',
    )
    expect(rows.map(({ due }) => due.map((homework) => homework.text))).toEqual([['№ 12'], []])
    expect(rows[0]?.set).toMatchObject({ text: '№ 13', due: '2026-09-17' })
  })

  test('for a day without the subject it stands by itself', () => {
    const written = { [math('2026-09-16')]: { homework: { text: text('Экскурсия'), due: '2026-09-19' } } }
    expect(dayOfChild(written, '2026-09-19').alsoDue).toMatchObject([
      { section: 'm5', homework: { text: 'Экскурсия' } },
    ])
  })

  test('none is said to be none, and is due nowhere', () => {
    const written = { [math(wednesday)]: { homework: { none: true } } }
    expect(rowOf(dayOfChild(written), 'm5')?.set).toMatchObject({ none: true, due: null })
    expect(rowOf(dayOfChild(written, '2026-09-17'), 'm5')?.due).toEqual([])
  })
})

describe('what a lesson says of a child', () => {
  const control = { type: 'control', title: text('Дроби'), weight: 2 }
  const written = {
    [math(wednesday)]: {
      taken: true,
      'column:k1': control,
      'mark:k1:s1': '5',
      'mark:answer:s1': '4',
      'mark:answer:s2': '2',
      'absence:s1': 'late',
      'absence:s2': 'absent',
      'remark:s1:r1': { to: 'family', text: text('Забыл тетрадь') },
      'remark:s1:r2': { to: 'staff', text: text('Не для семьи') },
      'remark:s2:r1': { to: 'family', text: text('Про другого') },
    },
  }

  test('ACC-19 is of this child alone', () => {
    const row = rowOf(dayOfChild(written), 'm5')
    expect(row).toMatchObject({ taken: true, absence: 'late', remarks: [{ text: 'Забыл тетрадь' }] })
    expect(row?.marks.map(({ value, type, title }) => [value, type, title])).toEqual([
      ['4', 'answer', null],
      ['5', 'control', 'Дроби'],
    ])
  })

  test('C7 a removed work hides its marks', () => {
    const removed = { [math(wednesday)]: { ...written[math(wednesday)], 'column:k1': null } }
    expect(rowOf(dayOfChild(removed), 'm5')?.marks.map(({ value }) => value)).toEqual(['4'])
  })

  test('LES-11 in grade 1 no mark is shown, whatever the sheet holds', () => {
    const first = { [lessonId('m1', wednesday, 1)]: { 'mark:answer:s9': '5' } }
    expect(dayOfChild(first, wednesday, 's9').rows[0]?.marks).toEqual([])
  })

  test('L1 an erased text is no text', () => {
    expect(rowOf(dayOfChild({ [math(wednesday)]: { topic: { commitment: 'x' } } }), 'm5')?.topic).toBeNull()
  })
})

describe('what is new', () => {
  const directory = smallSchool()
  const lessons = lessonsOfChild('s1', '2026-09-01', '2026-10-23', directory)
  const read: ReadCells = (sheet) =>
    sheet === math(wednesday)
      ? {
          'mark:answer:s1': { value: '5', version: 12 },
          'mark:answer:s2': { value: '2', version: 15 },
          'absence:s1': { value: 'late', version: 11 },
          topic: { value: text('Дроби'), version: 10 },
        }
      : sheet === english('2026-09-14')
        ? { homework: { value: { text: text('Unit 1') }, version: 14 } }
        : {}
  const news = (since: number, today = wednesday) =>
    diaryNews('s1', lessons, directory, read, { since, today })

  test('is what changed after the last visit, the newest first, and never another child’s', () => {
    expect(news(10, '2026-09-15').map(({ is }) => is)).toEqual(['homework', 'mark', 'attendance'])
    expect(news(11, '2026-09-15').map(({ is }) => is)).toEqual(['homework', 'mark'])
  })

  test('homework that was due before today is no news', () => {
    expect(news(0).map(({ is }) => is)).toEqual(['mark', 'attendance'])
  })

  test('the next visit begins after the newest version seen', () => {
    expect(news(newestVersion(lessons, read))).toEqual([])
  })
})

test('POL-G07 the mean of a subject counts the child’s marks of the lesson’s term in that section', () => {
  const directory = smallSchool()
  const lessons = lessonsOfChild('s1', '2026-09-01', '2026-12-29', directory)
  const read = reading({
    [math('2026-09-15')]: { 'mark:answer:s1': '4', 'mark:answer:s2': '2' },
    [math(wednesday)]: { 'mark:answer:s1': '5' },
    [math('2026-11-10')]: { 'mark:answer:s1': '2' },
    [english(wednesday)]: { 'mark:answer:s1': '3' },
  })
  const lesson = lessonAt(math(wednesday), directory)
  expect(subjectMean('s1', lesson, lessons, directory, read)).toMatchObject({
    mean: 4.5,
    count: 2,
    term: { id: 'q1' },
  })
  expect(subjectMean('s3', lesson, lessons, directory, read)).toBeNull()
})
