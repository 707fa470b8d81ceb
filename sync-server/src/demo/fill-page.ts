import remarks from './data/remarks.json' with { type: 'json' }
import type { Draft } from './drafts'
import { minute, onPage, presentOf, textOf, type HeldLesson } from './held'

/** Attendance taken soon after the bell; who comes late is set right when they come. */
export function attendanceDrafts(held: HeldLesson): Draft[] {
  const { lesson, chance, late } = held
  const taken = lesson.start + chance.whole(2 * 60, 6 * 60) * 1000
  const missing = [...held.away.keys(), ...late].sort()
  const absences = Object.fromEntries(missing.map((id) => [`absence:${id}`, 'absent']))
  return [
    onPage(held, 'take-attendance', taken, { taken: true, ...absences }),
    ...late.map((id, i) =>
      onPage(held, 'set-attendance', taken + (2 + i) * minute, { [`absence:${id}`]: 'late' }),
    ),
  ]
}

/** The topic, at the start of the lesson or before its end. */
export function topicDrafts(held: HeldLesson): Draft[] {
  const { lesson, plan, seed, chance } = held
  const at = chance.happens(0.7)
    ? lesson.start + chance.whole(20, 110) * 1000
    : lesson.end - chance.whole(200, 400) * 1000
  return [onPage(held, 'set-topic', at, { topic: textOf(plan.topic, seed, lesson.id, 'topic') })]
}

/** Homework before the bell, sometimes for a later day, or the word that there is none. Grade 1 has none (LES-12). */
export function homeworkDrafts(held: HeldLesson): Draft[] {
  const { lesson, plan, seed, chance, dueLater, schoolClass } = held
  if (schoolClass.grade === 1) return []
  const at = lesson.end - chance.whole(20, 180) * 1000
  if (plan.homework === null) return [onPage(held, 'set-homework', at, { homework: { none: true } })]
  const text = textOf(plan.homework, seed, lesson.id, 'homework')
  const homework = dueLater && chance.happens(0.05) ? { text, due: dueLater } : { text }
  return [onPage(held, 'set-homework', at, { homework })]
}

/** Now and then a word to the family, or among staff. */
export function remarkDrafts(held: HeldLesson): Draft[] {
  const { lesson, seed, chance } = held
  const present = presentOf(held)
  if (present.length === 0 || !chance.happens(0.06)) return []
  const { id } = chance.pick(present)
  const to = chance.happens(0.8) ? 'family' : 'staff'
  const said = to === 'staff' ? remarks.staff : chance.happens(0.55) ? remarks.praise : remarks.concern
  const text = textOf(chance.pick(said), seed, lesson.id, 'remark')
  return [onPage(held, 'set-remark', lesson.end - chance.whole(5, 18), { [`remark:${id}:r1`]: { to, text } })]
}
