import type { Kind } from 'shared/journal/kinds/kinds'
import type { Json } from 'shared/plain/json'
import { anEntry, lessonAt, mathLesson, salt, smallSchool } from 'shared/testing/small-school'
import { describeAuthor, describeChanges, describeEntry, describePlace } from './describe-entry'

const directory = smallSchool()
const cells = { 'column:k1': { value: { type: 'control', title: { text: 'Дроби', salt }, weight: 2 } } }
const ru = { directory, language: 'ru', cells } as const
const text = (words: string): Json => ({ text: words, salt })

describe('an entry in words', () => {
  test('names class, subject, day and lesson, then what was set', () => {
    expect(lessonAt(mathLesson, directory).slot).toBe(2)
    expect(describeEntry(anEntry(), ru)).toBe('5А, математика, ср, 16 сентября, урок 2: Абрамов Кирилл — 5')
  })

  test.each<[string, Json, string, Kind?]>([
    ['mark:answer:s2', null, 'Белкина Софья — отметка убрана'],
    ['mark:k1:s2', '4', 'Белкина Софья, контрольная работа «Дроби» — 4'],
    ['absence:s1', 'late', 'Абрамов Кирилл — опоздание'],
    ['absence:s1', null, 'Абрамов Кирилл — без пропуска'],
    ['reason:s1', 'ill', 'Абрамов Кирилл, причина: болезнь'],
    ['topic', text('Сложение дробей'), 'тема: «Сложение дробей»'],
    ['topic', null, 'тема: пусто'],
    ['topic', { commitment: 'x' }, 'тема: (текст удалён)'],
    ['homework', { none: true }, 'домашнее задание: не задано'],
    ['homework', { text: text('№ 12'), due: '2026-09-18' }, 'домашнее задание: «№ 12», к пт, 18 сентября'],
    ['column:k1', { type: 'test', title: null, weight: 1 }, 'работа: тест'],
    ['column:k1', null, 'работа: убрана'],
    [
      'remark:s1:r',
      { to: 'family', text: text('Забыл тетрадь') },
      'Абрамов Кирилл — замечание для семьи «Забыл тетрадь»',
    ],
    ['taken', true, 'все присутствуют', 'take-attendance'],
    ['taken', null, 'посещаемость не отмечена', 'take-attendance'],
    ['taken', true, 'посещаемость отмечена', 'set-attendance'],
    ['mark:answer:s1', '4', 'отмена: Абрамов Кирилл — 4', 'undo'],
    ['mark:answer:s1', '4', 'выбор: Абрамов Кирилл — 4', 'choose'],
    ['mark:answer:gone', '4', 'ученик не из списка — 4'],
  ])('%s %j reads «%s»', (cell, value, says, kind = 'set-mark') => {
    expect(describeChanges(anEntry({ cell, value, kind }), ru)).toEqual([says])
  })

  test('a class set at once is counted, not listed', () => {
    const changes = ['s1', 's2', 's3', 's1', 's2', 's3'].map((id, i) => ({
      cell: `mark:c${i}:${id}`,
      value: '5',
      base: [],
    }))
    const lines = describeChanges(anEntry({ changes }), { ...ru, cells: {} })
    expect(lines).toHaveLength(4)
    expect(lines[3]).toBe('и ещё 3')
  })

  test('the office’s changes name the sheet and their number', () => {
    const entry = anEntry({ kind: 'keep-directory', sheet: 'roster:c5a' })
    expect(describeEntry(entry, ru)).toBe('список класса 5А: 1 изменение')
  })

  test('a lesson that the timetable lost is said to be lost', () => {
    expect(describePlace('lesson:gone:2026-09-16:2', ru)).toBe(
      'урок, которого нет в расписании, ср, 16 сентября, урок 2',
    )
  })

  test('a subgroup is named', () => {
    expect(describePlace('lesson:e5a:2026-09-16:1', ru)).toContain('английский язык, 1 группа')
  })

  test('an abbreviation keeps its capitals', () => {
    const section = {
      subject: 'obzr',
      name: 'ОБЗР',
      short: 'ОБЗР',
      group: null,
      teacher: 't1',
      members: null,
    }
    const school = smallSchool({ 'roster:c5a': { 'section:m5': section } })
    expect(describePlace(mathLesson, { ...ru, directory: school })).toContain('5А, ОБЗР, ')
  })

  test('the author is named as a journal names a teacher', () => {
    expect(describeAuthor('t1', ru)).toBe('Орлова М. В.')
    expect(describeAuthor('nobody', ru)).toBe('другой сотрудник')
  })

  test('English has the same', () => {
    expect(describeEntry(anEntry(), { ...ru, language: 'en' })).toContain('lesson 2: Абрамов Кирилл — 5')
  })
})
