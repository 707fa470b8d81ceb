import * as fc from 'fast-check'
import { isInScope, scopeOf } from 'shared/journal/scope'
import { viewerOf } from 'shared/people/viewer'
import { guardians, lessonSheets, schools, staff, students } from 'shared/testing/schools'
import { smallSchool } from 'shared/testing/small-school'
import { isHeld, scopedAt } from './scopes'

const day = '2026-09-16'
const instant = Date.parse(`${day}T06:40:00Z`)
const sheets = [
  ...lessonSheets,
  'calendar',
  'policy',
  'school',
  'staff',
  ...['c1b', 'c5a', 'c5', 'c5b'].flatMap((id) => [`roster:${id}`, `families:${id}`, `timetable:${id}`]),
  'lesson:m5:2026-09-15:2',
  'lesson:m5:2026-09-16:20',
  'lesson:zz:2026-09-16:1',
  'a',
  'zz',
]

test('P-5 what a device holds is told as the scope tells it, for whoever looks', () => {
  const people = [...students, ...guardians, ...staff]
  fc.assert(
    fc.property(
      schools,
      fc.constantFrom(...people),
      fc.subarray(['m5', 'e5a', 'm1']),
      (school, person, open) => {
        const { directory } = school
        const scope = scopeOf(viewerOf(person, day, directory), directory, day, open)
        const scoped = scopedAt(directory, person, instant, open)
        for (const sheet of sheets)
          expect([sheet, isHeld(sheet, scoped)]).toEqual([sheet, isInScope(sheet, scope)])
      },
    ),
    { numRuns: 300 },
  )
})

test('P-4 a passing date is another scope, and another directory is', () => {
  const directory = smallSchool()
  const known = scopedAt(directory, 't1', instant)
  expect(scopedAt(directory, 't1', instant + 60_000)).toBe(known)
  expect(scopedAt(directory, 't1', instant + 86_400_000).day).toBe('2026-09-17')
  const quarters = smallSchool({ school: { school: { name: 'Школа', short: '', zone: 'Asia/Kathmandu' } } })
  const midnight = Date.parse('2026-09-16T18:15:00Z')
  expect(scopedAt(quarters, 't1', midnight - 1).day).toBe('2026-09-16')
  expect(scopedAt(quarters, 't1', midnight).day).toBe('2026-09-17')
  const others = smallSchool({ 'roster:c5a': { 'section:m5': null } })
  expect(isHeld('lesson:m5:2026-09-16:2', scopedAt(others, 't1', instant))).toBe(false)
  expect(isHeld('lesson:m5:2026-09-16:2', scopedAt(directory, 't1', instant))).toBe(true)
})
