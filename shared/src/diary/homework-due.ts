import type { Lesson } from '../calendar/lessons'
import type { Day } from '../journal/ids'
import type { Homework } from '../journal/kinds/set-homework'
import type { Json } from '../plain/json'

/** Homework as a diary shows it. `text` null: the teacher said that there is none, or the text was erased. */
export interface DiaryHomework {
  /** The lesson that set it, and its day. */
  lesson: string
  set: Day
  /** The day to bring it on; null where no later lesson is in sight. */
  due: Day | null
  text: string | null
  none: boolean
  version: number
}

/** The cells of a sheet as a diary reads them. */
export type ReadCells = (
  sheet: string,
) => Readonly<Record<string, { value: Json; version?: number | undefined }>>

/** The text of a salted value; null where there is none, or it was erased (L1). */
export function textIn(value: Json | undefined): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return typeof value.text === 'string' ? value.text : null
}

/**
 * The homework that a lesson set, or null while it set none. It is due on the day it names, else at the next lesson of
 * the section on a later day that is held: a double lesson is not its own next one. `later` are the section's lessons.
 */
export function homeworkOf(lesson: Lesson, later: readonly Lesson[], read: ReadCells): DiaryHomework | null {
  const cell = read(lesson.id).homework
  const value = (cell?.value ?? null) as Homework | null
  if (!cell || !value) return null
  const next = later.find(({ date, cancelled }) => date > lesson.date && !cancelled)
  const none = 'none' in value
  return {
    lesson: lesson.id,
    set: lesson.date,
    due: none ? null : (value.due ?? next?.date ?? null),
    text: none ? null : textIn(value.text),
    none,
    version: cell.version ?? 0,
  }
}

/** What a section's earlier lessons set for this day, the latest first. `lessons` are the section's, in order. */
export function homeworkDueOn(date: Day, lessons: readonly Lesson[], read: ReadCells): DiaryHomework[] {
  const due: DiaryHomework[] = []
  for (const lesson of lessons) {
    if (lesson.date >= date) break
    const homework = homeworkOf(lesson, lessons, read)
    if (homework?.due === date) due.unshift(homework)
  }
  return due
}
