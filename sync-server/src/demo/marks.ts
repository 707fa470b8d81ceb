import type { Student } from 'shared/people/directory'
import type { Column } from 'shared/journal/kinds/set-column'
import { chanceOf } from './chance'
import model from './data/model.json' with { type: 'json' }
import type { Draft } from './drafts'
import { minute, onPage, presentOf, textOf, type HeldLesson } from './held'
import type { Work } from './plans'

/** How often each student of a section was marked so far: whoever has fewest is asked first. */
export type Counts = Map<string, number>

const weights: Partial<Record<Column['type'], number>> = { control: 2, dictation: 1.5, essay: 1.5, test: 1.2 }

/** Taught for a pass without marks. */
const unmarked = new Set(['orkse'])

/** The marks of a lesson (`generation_model.marks`): a written work for all, or some asked at the board. None in grade 1. */
export function markDrafts(held: HeldLesson, counts: Counts): Draft[] {
  const { schoolClass, section, plan } = held
  if (schoolClass.grade === 1 || unmarked.has(section.subject)) return []
  if (plan.work) return workDrafts(held, plan.work, counts)
  return [...answerDrafts(held, counts), ...checkedHomeworkDrafts(held, counts)]
}

function markOf(student: Student, held: HeldLesson, column: string): string {
  const { schoolClass, section, lesson, seed, plan } = held
  const { level, d_subject: bySubject } = model.marks
  const ability = Math.max(-1.7, Math.min(2.4, chanceOf(seed, 'ability', student.id).normal()))
  const liking = chanceOf(seed, 'liking', student.id, section.subject).normal() * 0.07
  const levels: Record<string, number> = level
  const ease =
    Object.entries(bySubject).find(([, subjects]) => subjects.includes(section.subject))?.[0] ?? '0'
  const strict = plan.work?.type === 'control' ? 0.12 : 0
  const noise = chanceOf(seed, 'mark', lesson.id, student.id, column).normal() * 0.6
  const mean = 3.86 + (levels[schoolClass.grade] ?? 0) + Number(ease) + 0.7 * ability + liking
  return String(Math.max(2, Math.min(5, Math.round(mean + noise - strict))))
}

function count(counts: Counts, student: Student): void {
  counts.set(student.id, (counts.get(student.id) ?? 0) + 1)
}

// Columns are made in the lesson; the books are marked in the evening, ten or so at a time.
function workDrafts(held: HeldLesson, work: Work, counts: Counts): Draft[] {
  const { lesson, chance, evening, seed } = held
  const written = presentOf(held)
  const titles = work.twice ? [`${work.title}: содержание`, `${work.title}: грамотность`] : [work.title]
  const drafts: Draft[] = []
  for (const [i, title] of titles.entries()) {
    const id = `w${i + 1}`
    const column: Column = {
      type: work.type,
      title: textOf(title, seed, lesson.id, id),
      weight: weights[work.type] ?? 1,
    }
    drafts.push(onPage(held, 'set-column', lesson.start + (3 + i) * minute, { [`column:${id}`]: column }))
    for (let from = 0; from < written.length; from += 10) {
      const some = written.slice(from, from + 10)
      const marks = Object.fromEntries(
        some.map((student) => [`mark:${id}:${student.id}`, markOf(student, held, id)]),
      )
      const at = evening + (i * 20 + from) * minute + chance.whole(0, 300) * 1000
      drafts.push(onPage(held, 'set-mark', at, marks))
    }
    for (const student of written) count(counts, student)
  }
  return drafts
}

function answerDrafts(held: HeldLesson, counts: Counts): Draft[] {
  const { lesson, chance } = held
  const present = presentOf(held)
  const asked = chance
    .shuffled(present)
    .sort((a, b) => (counts.get(a.id) ?? 0) - (counts.get(b.id) ?? 0))
    .slice(0, Math.round(present.length * (0.18 + 0.18 * chance.next())))
  const first = lesson.start + 12 * minute
  const step = (lesson.end - 5 * minute - first) / Math.max(1, asked.length)
  return asked.flatMap((student, i) => {
    count(counts, student)
    const at = first + (i + 0.6 * chance.next()) * step
    return [...slipBefore(held, student, at), ...answer(held, student, at)]
  })
}

function answer(held: HeldLesson, student: Student, at: number): Draft[] {
  const cell = `mark:answer:${student.id}`
  const mark = markOf(student, held, 'answer')
  const given = onPage(held, 'set-mark', at, { [cell]: mark })
  // Thought better of: the history keeps both.
  if (!held.chance.happens(0.02)) return [given]
  const other = mark === '5' ? '4' : String(Number(mark) + 1)
  return [given, onPage(held, 'set-mark', at + held.chance.whole(20, 150) * 1000, { [cell]: other })]
}

// A mark on the wrong line, taken back at once.
function slipBefore(held: HeldLesson, student: Student, at: number): Draft[] {
  if (!held.chance.happens(0.006)) return []
  const present = presentOf(held)
  const wrong = present[present.indexOf(student) + 1]
  if (!wrong) return []
  const cell = `mark:answer:${wrong.id}`
  return [
    onPage(held, 'set-mark', at - 25_000, { [cell]: markOf(student, held, 'answer') }),
    onPage(held, 'undo', at - 18_000, { [cell]: null }),
  ]
}

// Exercise books of a few are looked through: their second mark of the lesson, in a column of its own.
function checkedHomeworkDrafts(held: HeldLesson, counts: Counts): Draft[] {
  const { lesson, chance } = held
  if (!chance.happens(0.12)) return []
  const column: Column = { type: 'homework', title: null, weight: 1 }
  const some = chance.shuffled(presentOf(held)).slice(0, chance.whole(3, 6))
  if (some.length === 0) return []
  for (const student of some) count(counts, student)
  const marks = Object.fromEntries(
    some.map((student) => [`mark:hw:${student.id}`, markOf(student, held, 'hw')]),
  )
  return [
    onPage(held, 'set-column', lesson.start + 4 * minute, { 'column:hw': column }),
    onPage(held, 'set-mark', lesson.end - 2 * minute, marks),
  ]
}
