import type { Lesson } from 'shared/calendar/lessons'
import type { Json } from 'shared/plain/json'
import type { SchoolClass, Section, Student } from 'shared/people/directory'
import type { Kind } from 'shared/journal/kinds/kinds'
import type { Away } from './absences'
import { chanceOf, type Chance } from './chance'
import type { Draft } from './drafts'
import type { Gap } from './gaps'
import type { PlannedLesson } from './plans'

export const minute = 60_000

/** A lesson that was held, with all that its pages are filled from. */
export interface HeldLesson {
  lesson: Lesson
  section: Section
  schoolClass: SchoolClass
  teacher: string
  students: Student[]
  /** The students who missed it. */
  away: Map<string, Away>
  /** Those who came after the bell. */
  late: string[]
  /** What its teacher forgot to fill. */
  gap: Gap | null
  plan: PlannedLesson
  /** The lesson after the next one: for homework given for longer. */
  dueLater: string | null
  /** When its teacher sits down with the exercise books (ms). */
  evening: number
  chance: Chance
  seed: string
}

/** What the lesson's teacher did on its page at this moment. */
export function onPage(held: HeldLesson, kind: Kind, at: number, set: Record<string, Json>): Draft {
  return {
    sheet: held.lesson.id,
    kind,
    set: Object.entries(set).map(([cell, value]) => ({ cell, value })),
    author: held.teacher,
    at: Math.round(at),
  }
}

/** A text with its salt (L1). */
export function textOf(text: string, seed: string, ...place: (string | number)[]) {
  return { text, salt: chanceOf(seed, 'text', ...place).salt() }
}

export function presentOf(held: HeldLesson): Student[] {
  return held.students.filter(({ id }) => !held.away.has(id))
}
