import type { Json } from 'shared/plain/json'
import { lessonsOf, type Lesson } from 'shared/calendar/lessons'
import { directoryOf, type Section } from 'shared/people/directory'
import { Random } from '../../simulate/random'
import type { Done } from './busy-entries'

type Cells = Record<string, Json>

export const busyTeacher = 'busy'
/** Late in May: the year is nearly full. */
export const lateInMay = '2027-05-24T08:00:00Z'
/** The section whose half-year is the page that is opened and scrolled: thirty students, some ninety lessons. */
export const longSection = 'own1'

const openedAt = Date.parse('2026-08-28T07:00:00Z')
const firstDay = '2026-09-01'
const [weekdays, slots] = [6, 7]
const students = 30
const minute = 60_000

/**
 * The busiest teacher there is: six days a week seven lessons in seven classes, and a homeroom whose every lesson, some
 * in two subgroups, lies on the device too. About three thousand lessons by late in May.
 */
function busyDirectory(): Record<string, Cells> {
  const cells: Record<string, Cells> = {
    school: { school: { name: 'Школа № 1', short: 'Школа № 1', zone: 'Europe/Moscow' } },
    calendar: calendarCells(),
    policy: { 'policy:2026-09-01': { preset: 'product-default', overrides: {} } },
    staff: {
      'person:keeper': { name: nameOf('keeper'), roles: ['admin'] },
      [`person:${busyTeacher}`]: { name: nameOf(busyTeacher), roles: ['teacher'] },
      'person:other': { name: nameOf('other'), roles: ['teacher'] },
    },
  }
  for (let own = 1; own <= 7; own++) addClass(cells, `c${own}`, null, ownSections(own))
  addClass(cells, 'home', busyTeacher, homeSections())
  return cells
}

/** Everything that was written in that school until a moment (ms), the directory first. */
export function busyYear(until: number): Done[] {
  const sheets = busyDirectory()
  const opened = Object.entries(sheets).map(([sheet, set], i): Done => {
    return { sheet, kind: 'keep-directory', set, author: 'keeper', at: openedAt + i * 1000 }
  })
  const directory = directoryOf(
    Object.entries(sheets).map(([id, set]) => ({
      id,
      version: 1,
      cells: Object.fromEntries(Object.entries(set).map(([cell, value]) => [cell, { value }])),
    })),
  )
  const random = new Random(1)
  const lessons = [...directory.sections.values()].flatMap((section) =>
    lessonsOf(section, firstDay, '2027-05-24', directory)
      .filter(({ end }) => end < until)
      .flatMap((lesson) => pageOf(lesson, section, random)),
  )
  return [...opened, ...lessons]
}

interface Place {
  weekday: number
  slot: number
}
interface Taught {
  id: string
  teacher: string
  half: 1 | 2 | null
  places: Place[]
}

function ownSections(own: number): Taught[] {
  // The seventh lesson of each day goes round; the first class has the day's first one, and five a week of them.
  const places = Array.from({ length: weekdays }, (_, i) => ({ weekday: i + 1, slot: own }))
  const five = own === 1 ? places.slice(0, 5) : places
  return [{ id: `own${own}`, teacher: busyTeacher, half: null, places: five }]
}

function homeSections(): Taught[] {
  const all = Array.from({ length: weekdays * slots }, (_, i) => ({
    weekday: 1 + (i % weekdays),
    slot: 1 + Math.floor(i / weekdays),
  }))
  const divided = all.slice(0, 9)
  const halves = ([1, 2] as const).map((half) => ({
    id: `lang${half}`,
    teacher: 'other',
    half,
    places: divided,
  }))
  const whole = all.slice(9)
  const sections = Array.from({ length: 11 }, (_, i) => ({
    id: `home${i + 1}`,
    teacher: 'other',
    half: null,
    places: whole.slice(i * 3, i * 3 + 3),
  }))
  return [...halves, ...sections]
}

function addClass(
  cells: Record<string, Cells>,
  id: string,
  homeroom: string | null,
  taught: readonly Taught[],
): void {
  const ids = Array.from({ length: students }, (_, i) => `${id}-s${i + 1}`)
  const half = (which: 1 | 2) => (which === 1 ? ids.slice(0, students / 2) : ids.slice(students / 2))
  cells[`roster:${id}`] = {
    class: { name: id, grade: 8, homeroom, bells: 'b45' },
    ...Object.fromEntries(
      ids.map((student) => [`student:${student}`, { name: nameOf(student), from: firstDay }]),
    ),
    ...Object.fromEntries(
      taught.map((section) => [
        `section:${section.id}`,
        {
          subject: section.id,
          name: `Предмет ${section.id}`,
          short: section.id,
          group: section.half ? `${section.half} группа` : null,
          teacher: section.teacher,
          members: section.half ? half(section.half) : null,
        },
      ]),
    ),
  }
  cells[`timetable:${id}`] = Object.fromEntries(
    taught.flatMap((section) =>
      section.places.map(({ weekday, slot }) => [
        `week:${section.id}-${weekday}-${slot}`,
        { section: section.id, weekday, slot, room: '12', from: firstDay, to: null },
      ]),
    ),
  )
}

function nameOf(id: string) {
  return {
    last: `Фамилия-${id}`,
    first: 'Имя',
    middle: 'Отчество',
    salt: `salt-of-the-name-${id}-`.padEnd(22, '0').slice(0, 22),
  }
}

function calendarCells(): Cells {
  const bell = (slot: number) => {
    const at = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    const start = 510 + (slot - 1) * 55
    return { slot, start: at(start), end: at(start + 45) }
  }
  return {
    year: { start: firstDay, end: '2027-05-26' },
    'terms:all': {
      grades: [1, 11],
      terms: [
        { id: 'h1', name: '1 полугодие', start: firstDay, end: '2026-12-29' },
        { id: 'h2', name: '2 полугодие', start: '2027-01-11', end: '2027-05-26' },
      ],
      breaks: [
        { name: 'Осенние каникулы', start: '2026-10-26', end: '2026-11-01' },
        { name: 'Весенние каникулы', start: '2027-03-25', end: '2027-04-01' },
      ],
    },
    holidays: [{ date: '2026-11-04', name: 'День народного единства' }],
    'bells:b45': Array.from({ length: slots }, (_, i) => bell(i + 1)),
  }
}

/** A page as it is kept: attendance, topic, homework, and marks for some; now and then a written work for all. */
function pageOf(lesson: Lesson, section: Section, random: Random): Done[] {
  const author = section.teacher ?? 'other'
  const listed = Array.from({ length: students }, (_, i) => `${section.class}-s${i + 1}`)
  const members = section.members ?? listed
  const away = members.filter(() => random.chance(0.06))
  const present = members.filter((student) => !away.includes(student))
  const write = (after: number, kind: Done['kind'], set: Cells): Done => {
    return { sheet: lesson.id, kind, set, author, at: lesson.start + after * minute }
  }
  const said = (text: string) => ({ text, salt: random.text(22) })
  const marks = (column: string, of: readonly string[]) =>
    Object.fromEntries(
      of.map((student) => [`mark:${column}:${student}`, random.pick(['3', '4', '4', '5', '5'])]),
    )
  const work = { type: 'control', title: said('Контрольная работа'), weight: 2 }
  const from = random.int(0, present.length - 6)
  const written = random.chance(0.15)
    ? [write(8, 'set-column', { 'column:w1': work }), write(40, 'set-mark', marks('w1', present))]
    : [write(30, 'set-mark', marks('answer', present.slice(from, from + 6)))]
  return [
    write(3, 'take-attendance', {
      taken: true,
      ...Object.fromEntries(away.map((student) => [`absence:${student}`, 'absent'])),
    }),
    write(5, 'set-topic', { topic: said(`Тема урока ${lesson.date}: повторение и новый материал`) }),
    ...written,
    write(42, 'set-homework', {
      homework: { text: said(`Упражнения ${random.int(1, 400)} и параграф, письменно`) },
    }),
  ]
}
