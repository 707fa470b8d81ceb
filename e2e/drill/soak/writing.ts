import { randomBytes } from 'node:crypto'
import type { Draft } from 'shared/journal/build'
import { dayOf, addDays } from 'shared/calendar/zone'
import { lessonsOf } from 'shared/calendar/lessons'
import { setMark, setTopic } from 'shared/journal/lesson-drafts'
import { membersOf } from 'shared/people/directory'
import type { OpenJournal } from '../../../client/src/store/journal'
import type { Random } from '../../simulate/random'

const marks = ['2', '3', '4', '5', null]
const absences = ['absent', 'late', null]

/** A mark, an absence or a topic on one of one's own lessons of these days; null for whoever has none. */
export function somethingToWrite(journal: OpenJournal, random: Random): Draft | null {
  const directory = journal.directory()
  const { person, zone } = journal.me
  const today = dayOf(journal.now(), zone)
  const own = [...directory.sections.values()].filter(({ teacher }) => teacher === person)
  const lessons = own.flatMap((section) =>
    lessonsOf(section, addDays(today, -1), today, directory)
      .filter(({ start }) => start < journal.now())
      .map((lesson) => ({ lesson, section })),
  )
  if (lessons.length === 0) return null
  const { lesson, section } = random.pick(lessons)
  const student = random.pick(membersOf(section, directory)).id
  const grade = directory.classes.get(section.class)?.grade ?? 1
  if (random.chance(0.1))
    return setTopic(lesson.id, `Тема ${random.int(1, 99)}`, randomBytes(16).toString('base64url'))
  // No marks in grade 1 (LES-11).
  if (grade > 1 && random.chance(0.7)) return setMark(lesson.id, 'answer', student, random.pick(marks))
  return {
    sheet: lesson.id,
    kind: 'set-attendance',
    set: [{ cell: `absence:${student}`, value: random.pick(absences) }],
  }
}
