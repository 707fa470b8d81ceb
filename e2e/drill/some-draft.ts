import { heldLessons } from 'shared/calendar/held-lessons'
import type { Lesson } from 'shared/calendar/lessons'
import { dayOf } from 'shared/calendar/zone'
import type { Draft } from 'shared/journal/build'
import * as drafts from 'shared/journal/lesson-drafts'
import type { Directory } from 'shared/people/directory'
import { studiesIn } from 'shared/people/viewer'
import { must } from 'shared/plain/must'
import type { OpenJournal } from '../../client/src/store/journal'
import type { Random } from '../simulate/random'

const yearBegins = '2026-09-01'

/** Something that a teacher may write now: a mark, an absence, a topic or homework on a lesson that has begun: with the chance `recently`, on the last. */
export function someDraft(journal: OpenJournal, random: Random, recently = 0.1): Draft {
  const directory = journal.directory()
  const lessons = begunLessons(journal, directory)
  const lesson = random.pick(random.chance(recently) ? lessons.slice(-1) : lessons)
  const student = random.pick(studentsOf(lesson, directory))
  const { cells } = journal.sheet(lesson.id)
  const attendance = () =>
    drafts.setAttendance(lesson.id, cells, student, random.pick(['absent', 'late', 'ill'] as const))
  const mark = () => drafts.setMark(lesson.id, 'answer', student, random.pick(['2', '3', '4', '5', null]))
  const text = { text: `§ ${random.int(1, 99)}, № ${random.int(1, 999)}`, salt: random.text(22) }
  const dice = random.next()
  if (dice < 0.55) return mark()
  if (dice < 0.75) return attendance() ?? mark()
  if (dice < 0.82) return drafts.othersPresent(lesson.id)
  if (dice < 0.92) return drafts.setTopic(lesson.id, text.text, text.salt)
  return drafts.setHomework(lesson.id, { text })
}

/** The lessons of this year that this journal's person holds and that have begun. Empty before the first sync. */
export function begunLessons(journal: OpenJournal, directory: Directory): Lesson[] {
  const { person, zone } = journal.me
  const now = journal.now()
  return heldLessons(person, yearBegins, dayOf(now, zone), directory).filter(({ start }) => start <= now)
}

function studentsOf(lesson: Lesson, directory: Directory): string[] {
  const section = must(directory.sections.get(lesson.section), lesson.section)
  return [...directory.students.keys()].filter((student) => studiesIn(student, section, directory))
}
