import { attendanceChanges, attendanceOf, isAway, nextAttendance } from './attendance'

const cells = (values: Record<string, string | true | null>) =>
  Object.fromEntries(Object.entries(values).map(([cell, value]) => [cell, { value }]))

test('nobody is present before attendance is taken; afterwards whoever is not otherwise set (LES-08)', () => {
  expect(attendanceOf({}, 's1')).toBe('unknown')
  expect(attendanceOf(cells({ taken: true }), 's1')).toBe('present')
  expect(attendanceOf(cells({ taken: true, 'absence:s1': 'late' }), 's1')).toBe('late')
  expect(attendanceOf(cells({ 'absence:s1': 'present' }), 's1')).toBe('present')
})

test('C7 a reason speaks only of who was away', () => {
  expect(attendanceOf(cells({ 'absence:s1': 'absent' }), 's1')).toBe('absent')
  expect(attendanceOf(cells({ 'absence:s1': 'absent', 'reason:s1': 'ill' }), 's1')).toBe('ill')
  expect(attendanceOf(cells({ taken: true, 'reason:s1': 'ill' }), 's1')).toBe('present')
})

test('late is not missed', () => {
  expect(['absent', 'ill', 'excused', 'unexcused'].every((is) => isAway(is as 'ill'))).toBe(true)
  expect([isAway('late'), isAway('present'), isAway('unknown')]).toEqual([false, false, false])
})

test('tap by tap: absent, late, and as before', () => {
  expect(nextAttendance('present', true)).toBe('absent')
  expect(nextAttendance('ill', true)).toBe('late')
  expect(nextAttendance('late', true)).toBe('present')
  expect(nextAttendance('late', false)).toBe('unknown')
})

test('C7 a fact alone leaves the reason that the homeroom teacher wrote', () => {
  const excused = cells({ taken: true, 'reason:s1': 'excused' })
  expect(attendanceChanges(excused, 's1', 'absent')).toEqual([{ cell: 'absence:s1', value: 'absent' }])
  expect(attendanceChanges(cells({ 'absence:s1': 'absent' }), 's1', 'absent')).toEqual([])
})

test('only what differs is set, and a reason only by name', () => {
  expect(attendanceChanges({}, 's1', 'ill')).toEqual([
    { cell: 'absence:s1', value: 'absent' },
    { cell: 'reason:s1', value: 'ill' },
  ])
  const ill = cells({ taken: true, 'absence:s1': 'absent', 'reason:s1': 'ill' })
  expect(attendanceChanges(ill, 's1', 'ill')).toEqual([])
  expect(attendanceChanges(ill, 's1', 'absent')).toEqual([{ cell: 'reason:s1', value: null }])
  expect(attendanceChanges(ill, 's1', 'late')).toEqual([{ cell: 'absence:s1', value: 'late' }])
  expect(attendanceChanges(ill, 's1', 'present')).toEqual([{ cell: 'absence:s1', value: null }])
  expect(attendanceChanges({}, 's1', 'present')).toEqual([{ cell: 'absence:s1', value: 'present' }])
})

test('the first tap of a lesson without attendance makes absent, the next late', () => {
  expect(nextAttendance('unknown', false)).toBe('absent')
  expect(nextAttendance('absent', false)).toBe('late')
})

test('as before attendance was taken: the fact alone is cleared', () => {
  const late = cells({ 'absence:s1': 'late', 'reason:s1': 'ill' })
  expect(attendanceChanges(late, 's1', 'unknown')).toEqual([{ cell: 'absence:s1', value: null }])
})

test('another reason takes the place of the one before', () => {
  const ill = cells({ 'absence:s1': 'absent', 'reason:s1': 'ill' })
  expect(attendanceChanges(ill, 's1', 'excused')).toEqual([{ cell: 'reason:s1', value: 'excused' }])
})
