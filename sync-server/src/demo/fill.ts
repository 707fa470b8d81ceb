import { addDays, instantAt } from 'shared/calendar/zone'
import type { Draft } from './drafts'
import { attendanceDrafts, homeworkDrafts, remarkDrafts, topicDrafts } from './fill-page'
import type { HeldLesson } from './held'
import { heldLessons, isAwayIn, type Filling } from './held-lessons'
import { markDrafts, type Counts } from './marks'
import { Reasons } from './reasons'

/** What became known with one day: nothing that is told later happened before `end` (ms). */
export interface DayOfDrafts {
  end: number
  drafts: Draft[]
}

/** Everything that teachers wrote from the first school day until now, day by day. */
export function* lessonDrafts(filling: Filling): Generator<DayOfDrafts> {
  const { directory, style, until, today } = filling
  const reasons = new Reasons(directory, isAwayIn(directory))
  const counts = new Map<string, Counts>()
  const lessons = heldLessons(filling)
  let next = lessons.next()
  for (let date = directory.calendar.year.start; date <= today; date = addDays(date, 1)) {
    const drafts: Draft[] = []
    for (; !next.done && next.value.lesson.date === date; next = lessons.next()) {
      const held = next.value
      if (held.gap === 'page') continue
      drafts.push(...pageDrafts(held))
      if (style === 'bare') continue
      drafts.push(...markDrafts(held, countsOf(held, counts)), ...remarkDrafts(held))
      reasons.note(held)
    }
    drafts.push(...reasons.toldOn(date))
    yield {
      end: instantAt(date, '24:00', directory.school.zone),
      drafts: drafts.filter(({ at }) => at <= until),
    }
  }
}

function countsOf({ section }: HeldLesson, counts: Map<string, Counts>): Counts {
  const known = counts.get(section.id) ?? new Map<string, number>()
  counts.set(section.id, known)
  return known
}

function pageDrafts(held: HeldLesson): Draft[] {
  return [
    ...attendanceDrafts(held),
    ...(held.gap === 'topic' ? [] : topicDrafts(held)),
    ...(held.gap === 'homework' ? [] : homeworkDrafts(held)),
  ]
}
