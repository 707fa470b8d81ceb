import type { Json } from '../plain/json'
import type { Absence, Reason } from './kinds/set-attendance'
import { valueOf } from './sheet'

type Cells = Readonly<Record<string, { value: Json }>>

/** What a journal says of a student on a lesson, fact and reason in one word (LES-08). Unknown: not taken yet. */
export const attendances = ['unknown', 'present', 'absent', 'late', 'ill', 'excused', 'unexcused'] as const
export type Attendance = (typeof attendances)[number]

/** «Attendance taken» means that whoever is not otherwise set was present; a reason counts only for who was away. */
export function attendanceOf(cells: Cells, student: string): Attendance {
  const absence = valueOf(cells, `absence:${student}`) as Absence
  if (absence === 'absent') return (valueOf(cells, `reason:${student}`) as Reason) ?? 'absent'
  return absence ?? (valueOf(cells, 'taken') === true ? 'present' : 'unknown')
}

/** Whether the student missed the lesson: late is not missed. */
export function isAway(attendance: Attendance): boolean {
  return attendance !== 'unknown' && attendance !== 'present' && attendance !== 'late'
}

/** What one more tap on the attendance of a student makes of it: Н, then late, then as before. */
export function nextAttendance(now: Attendance, taken: boolean): Attendance {
  if (now === 'unknown' || now === 'present') return 'absent'
  if (now === 'late') return taken ? 'present' : 'unknown'
  return 'late'
}

/**
 * The cells to set for it: the fact and, only where the attendance names or clears one, the reason (C7). The reason of
 * a student who turns out to have been present stays as the homeroom teacher wrote it; it is not shown.
 */
export function attendanceChanges(
  cells: Cells,
  student: string,
  wanted: Attendance,
): { cell: string; value: Json }[] {
  const fact = `absence:${student}`
  switch (wanted) {
    case 'unknown':
      return [{ cell: fact, value: null }]
    case 'present':
      return [{ cell: fact, value: valueOf(cells, 'taken') === true ? null : 'present' }]
    case 'late':
      return [{ cell: fact, value: 'late' }]
    case 'absent':
      // Over a reason it takes the reason back; over anything else it is the fact alone, and the reason speaks again.
      if (valueOf(cells, fact) !== 'absent') return [{ cell: fact, value: 'absent' }]
      return valueOf(cells, `reason:${student}`) === null ? [] : [{ cell: `reason:${student}`, value: null }]
    default: {
      const set: { cell: string; value: Json }[] = []
      if (valueOf(cells, fact) !== 'absent') set.push({ cell: fact, value: 'absent' })
      if (valueOf(cells, `reason:${student}`) !== wanted)
        set.push({ cell: `reason:${student}`, value: wanted })
      return set
    }
  }
}
