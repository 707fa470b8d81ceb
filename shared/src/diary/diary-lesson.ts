import type { Lesson } from '../calendar/lessons'
import type { Absence, Reason } from '../journal/kinds/set-attendance'
import { answer, answerColumn, type Column } from '../journal/kinds/set-column'
import type { Remark } from '../journal/kinds/set-remark'
import { policyOn, type Directory } from '../people/directory'
import { textIn, type ReadCells } from './homework-due'

/** A mark with what it was for. */
export interface DiaryMark {
  column: string
  type: Column['type']
  title: string | null
  weight: number
  value: string
  version: number
}

export interface DiaryRemark {
  id: string
  text: string
  version: number
}

/** What a lesson's sheet says of one child. */
export interface DiaryLesson {
  topic: string | null
  /** Attendance was taken: without an absence the child was there. */
  taken: boolean
  absence: Absence
  reason: Reason
  /** The version of the fact or the reason, whichever changed last. */
  attendanceVersion: number
  marks: DiaryMark[]
  remarks: DiaryRemark[]
}

/** Reads one child's part of a lesson, and nobody else's (ACC-19). In a grade without marks there are none (LES-11). */
export function diaryLessonOf(
  child: string,
  lesson: Lesson,
  directory: Directory,
  read: ReadCells,
): DiaryLesson {
  const cells = read(lesson.id)
  const absence = cells[`absence:${child}`]
  const reason = cells[`reason:${child}`]
  const marks: DiaryMark[] = []
  const remarks: DiaryRemark[] = []
  for (const [name, { value, version = 0 }] of Object.entries(cells)) {
    const [type, second = '', third = ''] = name.split(':')
    if (type === 'mark' && third === child && typeof value === 'string') {
      const column = shownColumn(second, cells)
      if (column) marks.push({ column: second, ...describe(column), value, version })
    }
    const remark = type === 'remark' && second === child ? (value as Remark | null) : null
    const text = remark?.to === 'family' ? textIn(remark.text) : null
    if (text !== null) remarks.push({ id: third, text, version })
  }
  return {
    topic: textIn(cells.topic?.value),
    taken: cells.taken?.value === true,
    absence: (absence?.value ?? null) as Absence,
    reason: (reason?.value ?? null) as Reason,
    attendanceVersion: Math.max(absence?.version ?? 0, reason?.version ?? 0),
    marks: hasMarks(lesson, directory) ? marks.sort(byColumn) : [],
    remarks,
  }
}

/** Whether children of this lesson's grade get marks at all (LES-11). */
export function hasMarks(lesson: Pick<Lesson, 'class' | 'date'>, directory: Directory): boolean {
  const grade = directory.classes.get(lesson.class)?.grade
  return grade !== 1 || policyOn(lesson.date, directory).grade1.marks !== 'forbidden'
}

// C7: a removed column hides its marks; one that nobody changed is there from the start.
function shownColumn(id: string, cells: ReturnType<ReadCells>): Column | null {
  const cell = cells[`column:${id}`]
  if (!cell) return id === answerColumn ? answer : null
  return cell.value as Column | null
}

function describe({ type, title, weight }: Column): Pick<DiaryMark, 'type' | 'title' | 'weight'> {
  return { type, title: textIn(title), weight }
}

// The answer in class first, works after it, in the order of their ids.
function byColumn(a: DiaryMark, b: DiaryMark): number {
  if (a.column === b.column) return 0
  if (a.column === answerColumn) return -1
  return b.column === answerColumn || a.column > b.column ? 1 : -1
}
