import { lessonOf, type Lesson } from '../calendar/lessons'
import { sealEntry, type Entry } from '../journal/entry'
import { addressOf, lessonId } from '../journal/ids'
import type { Kind } from '../journal/kinds/kinds'
import { directoryOf, type Directory, type DirectorySheet } from '../people/directory'
import type { Json } from '../plain/json'
import { must } from '../plain/must'

/**
 * A school for tests: class 5А (`c5a`, students s1–s3, homeroom t2) with mathematics (`m5`, teacher t1) and two English
 * groups (`e5a`, t3, s1 and s2; `e5b`, t4, s3); class 1Б (`c1b`, s9, t5) with mathematics (`m1`). Guardian g1 has s1 and
 * s9, guardian g2 has s2. d1 is a deputy, a1 the administrator, h1 the director, p1 the psychologist, q1 the secretary.
 * Moscow time, lessons on every weekday in slots 1–3 from 08:30, first term 1 September to 23 October 2026.
 */
export const db = 'journal-test-2026'
export const salt = 'AAAAAAAAAAAAAAAAAAAAAA'

function name(last: string, first = 'Имя', middle = ''): Json {
  return { last, first, middle, salt }
}

const weekdays = [1, 2, 3, 4, 5]
function week(section: string, slot: number): Record<string, Json> {
  return Object.fromEntries(
    weekdays.map((weekday) => [
      `week:${section}-${weekday}-${slot}`,
      { section, weekday, slot, room: '204', from: '2026-09-01', to: null },
    ]),
  )
}

export const cellsOfSmallSchool: Record<string, Record<string, Json>> = {
  school: { school: { name: 'Школа № 1', short: 'Школа 1', zone: 'Europe/Moscow' } },
  staff: {
    'person:t1': { name: name('Орлова', 'Мария', 'Викторовна'), roles: ['teacher'] },
    'person:t2': { name: name('Климова', 'Нина', 'Сергеевна'), roles: ['teacher'] },
    'person:t3': { name: name('Дорохов', 'Иван', 'Андреевич'), roles: ['teacher'] },
    'person:t4': { name: name('Зуева', 'Ольга', 'Петровна'), roles: ['teacher'] },
    'person:t5': { name: name('Лебедева', 'Ирина', 'Юрьевна'), roles: ['teacher'] },
    'person:d1': { name: name('Фомина', 'Елена', 'Борисовна'), roles: ['deputy'] },
    'person:h1': { name: name('Власов', 'Андрей', 'Николаевич'), roles: ['director'] },
    'person:a1': { name: name('Шилов', 'Пётр', 'Олегович'), roles: ['admin'] },
    'person:q1': { name: name('Мальцева', 'Юлия', 'Ивановна'), roles: ['secretary'] },
    'person:p1': { name: name('Белова', 'Кира', 'Андреевна'), roles: ['psychologist'] },
  },
  calendar: {
    year: { start: '2026-09-01', end: '2027-05-26' },
    'terms:all': {
      grades: [1, 11],
      terms: [
        { id: 'q1', name: '1 четверть', start: '2026-09-01', end: '2026-10-23' },
        { id: 'q2', name: '2 четверть', start: '2026-11-02', end: '2026-12-29' },
      ],
    },
    holidays: [{ date: '2026-11-04', name: 'День народного единства' }],
    'bells:b': [
      { slot: 1, start: '08:30', end: '09:15' },
      { slot: 2, start: '09:25', end: '10:10' },
      { slot: 3, start: '10:30', end: '11:15' },
    ],
  },
  policy: { 'policy:2026-09-01': { preset: 'product-default', overrides: {} } },
  'roster:c5a': {
    class: { name: '5А', grade: 5, homeroom: 't2', bells: 'b' },
    'student:s1': { name: name('Абрамов', 'Кирилл') },
    'student:s2': { name: name('Белкина', 'Софья') },
    'student:s3': { name: name('Воронин', 'Артём') },
    'section:m5': {
      subject: 'math',
      name: 'Математика',
      short: 'Матем.',
      group: null,
      teacher: 't1',
      members: null,
    },
    'section:e5a': {
      subject: 'eng',
      name: 'Английский язык',
      short: 'Англ.',
      group: '1 группа',
      teacher: 't3',
      members: ['s1', 's2'],
    },
    'section:e5b': {
      subject: 'eng',
      name: 'Английский язык',
      short: 'Англ.',
      group: '2 группа',
      teacher: 't4',
      members: ['s3'],
    },
  },
  'roster:c1b': {
    class: { name: '1Б', grade: 1, homeroom: 't5', bells: 'b' },
    'student:s9': { name: name('Абрамова', 'Лиза') },
    'section:m1': {
      subject: 'math',
      name: 'Математика',
      short: 'Матем.',
      group: null,
      teacher: 't5',
      members: null,
    },
  },
  'families:c5a': {
    'guardian:g1': { name: name('Абрамова', 'Светлана', 'Олеговна'), children: ['s1', 's9'] },
    'guardian:g2': { name: name('Белкин', 'Павел', 'Сергеевич'), children: ['s2'] },
  },
  'families:c1b': {
    'guardian:g1': { name: name('Абрамова', 'Светлана', 'Олеговна'), children: ['s1', 's9'] },
  },
  'timetable:c5a': { ...week('m5', 2), ...week('e5a', 1), ...week('e5b', 1) },
  'timetable:c1b': week('m1', 1),
}

/** The sheets, with cells changed: `{ 'timetable:c5a': { 'substitution:…': value } }`. */
export function smallSchoolSheets(changes: Record<string, Record<string, Json>> = {}): DirectorySheet[] {
  return Object.entries(cellsOfSmallSchool).map(([id, cells]) => {
    const all = { ...cells, ...changes[id] }
    return {
      id,
      version: 1,
      cells: Object.fromEntries(Object.entries(all).map(([cell, value]) => [cell, { value }])),
    }
  })
}

export function smallSchool(changes: Record<string, Record<string, Json>> = {}): Directory {
  return directoryOf(smallSchoolSheets(changes))
}

/** Mathematics in 5А on Wednesday 16 September 2026, second lesson, 09:25–10:10. */
export const mathLesson = lessonId('m5', '2026-09-16', 2)

export function lessonAt(id: string, directory: Directory): Lesson {
  const address = must(addressOf(id), id)
  if (address.type !== 'lesson') throw new Error(`no lesson: ${id}`)
  return must(lessonOf(address, directory), id)
}

let counter = 0
/** An entry with everything filled in that a test does not speak of. `at` is when it was made (ms), by a true clock. */
export function anEntry(
  over: Partial<Omit<Entry, 'id' | 'kind'>> & {
    kind?: Kind
    cell?: string
    value?: Json
    base?: string[]
    at?: number
  } = {},
): Entry {
  const {
    cell = 'mark:answer:s1',
    value = '5',
    base = [],
    at = Date.parse('2026-09-16T06:40:00Z'),
    ...rest
  } = over
  const clock = { wall: at, mono: at - 1_000_000, boot: 'boot', jumps: 0 }
  return sealEntry({
    db,
    sheet: mathLesson,
    kind: 'set-mark',
    changes: [{ cell, value, base }],
    author: 't1',
    device: 'tablet1',
    n: ++counter,
    made: { clock, contact: { time: at, token: '', clock } },
    ...rest,
  })
}
