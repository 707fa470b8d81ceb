import type { Directory } from 'shared/people/directory'
import type { Draft } from './drafts'
import { attendanceDrafts, homeworkDrafts, remarkDrafts, topicDrafts } from './fill-page'
import type { HeldLesson } from './held'
import { heldLessons, isAwayIn, type Filling } from './held-lessons'
import { markDrafts, type Counts } from './marks'
import { reasonDrafts } from './reasons'

/** Everything that teachers wrote from the first school day until now, in no order. */
export function lessonDrafts(filling: Filling): Draft[] {
  const { directory, style, until } = filling
  const kept = heldLessons(filling).filter(({ gap }) => gap !== 'page')
  const drafts = style === 'bare' ? kept.flatMap(pageDrafts) : fullDrafts(kept, directory)
  return drafts.filter(({ at }) => at <= until)
}

function pageDrafts(held: HeldLesson): Draft[] {
  return [
    ...attendanceDrafts(held),
    ...(held.gap === 'topic' ? [] : topicDrafts(held)),
    ...(held.gap === 'homework' ? [] : homeworkDrafts(held)),
  ]
}

function fullDrafts(lessons: readonly HeldLesson[], directory: Directory): Draft[] {
  const counts = new Map<string, Counts>()
  const drafts = lessons.flatMap((held) => {
    const ofSection = counts.get(held.section.id) ?? new Map<string, number>()
    counts.set(held.section.id, ofSection)
    return [...pageDrafts(held), ...markDrafts(held, ofSection), ...remarkDrafts(held)]
  })
  return [...drafts, ...reasonDrafts(lessons, directory, isAwayIn(directory))]
}
