import type { Json } from '../plain/json'
import { dueOf } from './judge'
import type { CellRule, LessonFacts } from './kinds/cell-rule'
import { homeworkCell } from './kinds/set-homework'
import { topicCell } from './kinds/set-topic'
import { takenCell } from './kinds/take-attendance'

export interface Missing {
  what: 'topic' | 'attendance' | 'homework'
  /** The last moment (ms) to put it in in time; null when nothing closes it. */
  due: number | null
}

type Cells = Readonly<Record<string, { value: Json; mine?: { state: string } }>>

/**
 * What a held lesson still lacks: attendance always, topic and homework where the policy requires them (POL-E03), no
 * homework where none may be set (LES-12). A value that waits for a deputy has been put in: nothing is asked again.
 */
export function missingIn(cells: Cells, facts: LessonFacts): Missing[] {
  const { policy, schoolClass } = facts
  const required = (field: string) => policy.lesson.requiredFields.includes(field)
  const hasHomework = !(schoolClass.grade === 1 && policy.grade1.homework === 'forbidden')
  const asked: [Missing['what'], string, CellRule, boolean][] = [
    ['attendance', 'taken', takenCell, true],
    ['topic', 'topic', topicCell, required('topic')],
    ['homework', 'homework', homeworkCell, required('homework') && hasHomework],
  ]
  return asked.flatMap(([what, cell, rule, isAsked]) =>
    isAsked && !isPutIn(cells, cell) ? [{ what, due: dueOf(rule, cell, facts) }] : [],
  )
}

function isPutIn(cells: Cells, cell: string): boolean {
  const found = Object.hasOwn(cells, cell) ? cells[cell] : undefined
  return found !== undefined && (found.value !== null || found.mine?.state === 'waiting')
}
