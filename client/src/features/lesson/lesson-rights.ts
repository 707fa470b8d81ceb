import { othersPresent, setTopic } from 'shared/journal/lesson-drafts'
import type { Admission } from 'shared/journal/receipt'
import type { Journal } from '../../store/port'
import { isBarred } from '../../store/use-edit'

/** What this person may set here, and what the judge would say of it now: asked of the judge itself, never guessed. */
export interface LessonRights {
  /** Topic, homework, works and marks. */
  page: boolean
  fact: boolean
  reason: boolean
  remark: boolean
  /** What would be said of attendance set at this moment: too early, too late, or in. */
  now: Admission
  /** OFF-16: the device has been alone for too long, nothing is written on it. */
  isDeviceClosed: boolean
}

export function lessonRights(journal: Journal, lesson: string, student: string | undefined): LessonRights {
  const attendance = journal.foresee(othersPresent(lesson))
  const reason = journal.foresee({
    sheet: lesson,
    kind: 'set-attendance',
    set: [{ cell: `reason:${student ?? 'nobody'}`, value: null }],
  })
  const remark = journal.foresee({
    sheet: lesson,
    kind: 'set-remark',
    set: [{ cell: `remark:${student ?? 'nobody'}:r`, value: null }],
  })
  const isDeviceClosed = journal.status().readOnlyAfterDays !== undefined
  const may = (admission: Admission) => !isDeviceClosed && !isBarred(admission)
  return {
    page: may(journal.foresee(setTopic(lesson, null, ''))),
    fact: may(attendance),
    reason: may(reason),
    remark: may(remark),
    now: attendance,
    isDeviceClosed,
  }
}
