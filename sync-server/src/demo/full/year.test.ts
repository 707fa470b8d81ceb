import { addressOf } from 'shared/journal/ids'
import { demoOf, makeDemo } from '../demo'
import { directoryOfEntries, judgeAll } from '../judged-in-tests'
import { makeSchoolOf } from './school-of'

const at = (today: string, time = '12:00') => ({ seed: '1', today, now: Date.parse(`${today}T${time}:00Z`) })
const school = makeSchoolOf({ classes: 5, seed: '1' })

describe('half a year and more of grades 1 to 5, looked back on in February', () => {
  const demo = demoOf(school, 'full', at('2027-02-11'))
  const entries = [...demo.entries]
  const directory = directoryOfEntries(entries)
  const gradeOf = (sheet: string) => {
    const address = addressOf(sheet)
    const section = address?.type === 'lesson' ? directory.sections.get(address.section) : undefined
    return directory.classes.get(section?.class ?? '')?.grade
  }

  test('the rules admit every entry', () => {
    expect(entries.length).toBeGreaterThan(10_000)
    const refused = judgeAll(demo.db, entries, true).filter(({ admission }) => admission.is !== 'in')
    expect(refused.slice(0, 3)).toEqual([])
  })

  test('a subject of half an hour a week has its lessons in one half of the year', () => {
    const dates = (subject: string) =>
      entries.flatMap(({ entry }) => {
        const address = addressOf(entry.sheet)
        const of = address?.type === 'lesson' ? directory.sections.get(address.section)?.subject : null
        return address?.type === 'lesson' && of === subject ? [address.date] : []
      })
    expect(dates('dnkr').length).toBeGreaterThan(50)
    expect(dates('dnkr').every((date) => date < '2027-01-01')).toBe(true)
    expect(dates('prakt_math').length).toBeGreaterThan(10)
    expect(dates('prakt_math').every((date) => date > '2027-01-01')).toBe(true)
  })

  test('LES-11, LES-12 grade 1 has no marks, works or homework; the others have all three', () => {
    const kindsOf = (isFirst: boolean) =>
      new Set(
        entries.flatMap(({ entry: { sheet, kind } }) => {
          const grade = gradeOf(sheet)
          return grade !== undefined && (grade === 1) === isFirst ? [kind] : []
        }),
      )
    const schooled = ['set-mark', 'set-column', 'set-homework']
    expect(schooled.filter((kind) => kindsOf(true).has(kind))).toEqual([])
    expect(schooled.filter((kind) => kindsOf(false).has(kind))).toEqual(schooled)
  })

  test('who stood in wrote the lesson', () => {
    const stoodIn = [...directory.substitutions].filter(([, { teacher }]) => teacher !== null)
    const authors = new Map(
      entries.flatMap(({ entry }) => (entry.kind === 'take-attendance' ? [[entry.sheet, entry.author]] : [])),
    )
    const written = stoodIn.filter(([lesson]) => authors.has(lesson))
    expect(written.length).toBeGreaterThan(20)
    expect(written.filter(([lesson, { teacher }]) => authors.get(lesson) !== teacher)).toEqual([])
  })
})

const two = makeSchoolOf({ classes: 2, seed: '1' })
const lessonsOn = (today: string, time?: string) => {
  const entries = [...demoOf(two, 'full', at(today, time)).entries]
  return entries.map(({ entry }) => entry.sheet).filter((sheet) => sheet.startsWith('lesson:'))
}

test.each([
  ['before the year there is only the directory', '2026-08-20', '12:00', 0],
  ['before the first bell too', '2026-09-01', '05:00', 0],
])('%s', (_says, today, time, count) => {
  expect(lessonsOn(today, time)).toHaveLength(count)
})

test('on 1 September the lessons that have ended are filled', () => {
  expect(new Set(lessonsOn('2026-09-01', '07:30').map((sheet) => sheet.split(':')[3]))).toEqual(
    new Set(['1', '2']),
  )
})

test('in the holidays the journal stands where the term ended', () => {
  const last = (today: string) =>
    lessonsOn(today)
      .map((sheet) => sheet.split(':')[2] ?? '')
      .sort()
      .at(-1)
  expect(last('2026-10-28')).toBe('2026-10-23')
  expect(last('2026-11-01')).toBe('2026-10-23')
  expect(last('2027-06-10')).toBe('2027-05-26')
})

test('the second school of a demo is another one', () => {
  const [one, two] = [
    makeDemo('full', at('2026-08-20')),
    makeDemo('full', { ...at('2026-08-20'), school: 2 }),
  ]
  const ids = new Set([...one.entries].map(({ entry }) => entry.id))
  expect(two.db).not.toBe(one.db)
  expect([...two.entries].filter(({ entry }) => ids.has(entry.id))).toEqual([])
})
