import type { WorkType } from 'shared/journal/kinds/set-column'
import { chanceOf } from './chance'
import homeworkPatterns from './data/homework.json' with { type: 'json' }
import hourly from './data/plans.json' with { type: 'json' }
import first from './data/topics/grade-1.json' with { type: 'json' }
import second from './data/topics/grade-2.json' with { type: 'json' }
import third from './data/topics/grade-3.json' with { type: 'json' }
import fourth from './data/topics/grade-4.json' with { type: 'json' }
import fifth from './data/topics/grade-5.json' with { type: 'json' }
import sixth from './data/topics/grade-6.json' with { type: 'json' }
import seventh from './data/topics/grade-7.json' with { type: 'json' }
import eighth from './data/topics/grade-8.json' with { type: 'json' }
import ninth from './data/topics/grade-9.json' with { type: 'json' }
import tenth from './data/topics/grade-10.json' with { type: 'json' }
import eleventh from './data/topics/grade-11.json' with { type: 'json' }

/** A written work of a lesson; a dictation and an essay are marked twice. */
export interface Work {
  type: WorkType
  title: string
  twice: boolean
}

export interface PlannedLesson {
  topic: string
  /** Null: nothing set. */
  homework: string | null
  work: Work | null
}

type TopicLists = Record<string, readonly string[] | undefined>
const lists: readonly TopicLists[] = [
  first,
  second,
  third,
  fourth,
  fifth,
  sixth,
  seventh,
  eighth,
  ninth,
  tenth,
  eleventh,
]
const plans: Record<
  string,
  readonly { topic: string; homework: string | null; control: string | null }[] | undefined
> = hourly
const patterns: Record<string, readonly string[] | undefined> = homeworkPatterns

/** What the plan says of a section's lesson, `index` counting the lessons held from 0. */
export function plannedLesson(
  place: { grade: number; subject: string; section: string; index: number },
  seed: string,
): PlannedLesson {
  const { grade, subject, section, index } = place
  const plan = plans[`${grade}/${subject}`]
  const hour = plan?.[index % plan.length]
  const topic = hour?.topic ?? topicAt(topicsOf(grade, subject), index)
  const work = grade === 1 ? null : workOf(hour?.control ? `${hour.control}. ${topic}` : topic)
  if (grade === 1) return { topic, homework: null, work }
  const chance = chanceOf(seed, 'homework', section, index)
  if (!chance.happens(homeworkShare(grade, subject))) return { topic, homework: null, work }
  return { topic, homework: hour ? hour.homework : homeworkAt(subject, index, chance.whole(0, 3)), work }
}

/** The subject's list of this grade, or of the nearest one that has it: drawing or sport differ little from year to year. */
export function topicsOf(grade: number, subject: string): readonly string[] {
  const byNearness = lists
    .map((list, i) => ({ topics: list[subject], far: Math.abs(i + 1 - grade) }))
    .sort((a, b) => a.far - b.far)
  return byNearness.find(({ topics }) => topics)?.topics ?? []
}

/** The topic of a lesson: «Тема*3» takes three. A list that has run out is gone through again as revision. */
function topicAt(list: readonly string[], index: number): string {
  const hours = list.flatMap((line) => {
    const [topic = '', times = '1'] = line.split('*')
    return Array.from({ length: Number(times) }, () => topic)
  })
  if (index < hours.length) return hours[index] ?? ''
  const themes = hours.filter((topic) => !workOf(topic))
  return `Повторение и обобщение. ${themes[index % themes.length] ?? ''}`
}

const works: [RegExp, WorkType, boolean][] = [
  [/контрольный диктант|диктант с грамматическим/i, 'dictation', true],
  [/математический диктант/i, 'written', false],
  [/диктант/i, 'dictation', false],
  [/контрольн/i, 'control', false],
  [/сочинение|изложение/i, 'essay', true],
  [/лабораторная/i, 'laboratory', false],
  [/практическая работа/i, 'practical', false],
  [/самостоятельная|проверочная/i, 'written', false],
  [/тест/i, 'test', false],
  [/защита проект/i, 'project', false],
]

/** The work that a topic speaks of, or null. */
export function workOf(topic: string): Work | null {
  const found = works.find(([pattern]) => pattern.test(topic))
  if (!found) return null
  const [, type, twice] = found
  return { type, title: topic.length > 90 ? `${topic.slice(0, 87).trimEnd()}…` : topic, twice }
}

function homeworkShare(grade: number, subject: string): number {
  if (['pe', 'mus', 'art', 'tech'].includes(subject)) return 0.25
  if (grade <= 4) return 0.75
  return grade <= 9 ? 0.85 : 0.9
}

// Paragraphs, exercises and pages move on with the lessons.
function homeworkAt(subject: string, index: number, extra: number): string | null {
  const list = patterns[subject]
  const pattern = list?.[(index + extra) % list.length]
  if (!pattern) return null
  const values: Record<string, number> = {
    p: 1 + Math.floor(index * 0.6),
    n: 12 + index * 5 + extra,
    m: 14 + index * 5 + 2 * extra,
    s: 8 + index * 3,
    t: 10 + index * 3 + extra,
  }
  return pattern.replaceAll(/\{(\w)\}/g, (_all, key: string) => String(values[key] ?? ''))
}
