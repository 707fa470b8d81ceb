import type { Json } from '../plain/json'
import { attendanceChanges, type Attendance } from './attendance'
import type { Draft } from './build'
import type { Column } from './kinds/set-column'
import type { Homework } from './kinds/set-homework'
import type { Remark } from './kinds/set-remark'
import { valueOf } from './sheet'

type Cells = Readonly<Record<string, { value: Json }>>

/** What a teacher wants to set on a lesson, one function a wish. The machinery adds base, time and id. */

export function setMark(lesson: string, column: string, student: string, mark: string | null): Draft {
  return { sheet: lesson, kind: 'set-mark', set: [{ cell: `mark:${column}:${student}`, value: mark }] }
}

/** Null when it is so already. */
export function setAttendance(
  lesson: string,
  cells: Cells,
  student: string,
  wanted: Attendance,
): Draft | null {
  const set = attendanceChanges(cells, student, wanted)
  return set.length > 0 ? { sheet: lesson, kind: 'set-attendance', set } : null
}

/** «Все присутствуют»: attendance taken and every absence cleared, in one entry that one undo brings back (LES-08). */
export function allPresent(lesson: string, cells: Cells, students: readonly string[]): Draft {
  const away = students.filter((student) => valueOf(cells, `absence:${student}`) !== null)
  const cleared = away.map((student) => ({ cell: `absence:${student}`, value: null }))
  return { sheet: lesson, kind: 'take-attendance', set: [{ cell: 'taken', value: true }, ...cleared] }
}

/** «Остальные присутствуют»: attendance taken, whoever is marked stays marked. */
export function othersPresent(lesson: string): Draft {
  return { sheet: lesson, kind: 'take-attendance', set: [{ cell: 'taken', value: true }] }
}

export function setTopic(lesson: string, topic: string | null, salt: string): Draft {
  return {
    sheet: lesson,
    kind: 'set-topic',
    set: [{ cell: 'topic', value: topic ? { text: topic, salt } : null }],
  }
}

export function setHomework(lesson: string, homework: Homework | null): Draft {
  return { sheet: lesson, kind: 'set-homework', set: [{ cell: 'homework', value: homework as Json }] }
}

/** Null removes the column; its marks stay under it (C7). */
export function setColumn(lesson: string, id: string, column: Column | null): Draft {
  return { sheet: lesson, kind: 'set-column', set: [{ cell: `column:${id}`, value: column }] }
}

export function setRemark(lesson: string, student: string, id: string, remark: Remark | null): Draft {
  return {
    sheet: lesson,
    kind: 'set-remark',
    set: [{ cell: `remark:${student}:${id}`, value: remark }],
  }
}
