import { assigneeOf, type Lesson } from '../calendar/lessons'
import type { Viewer } from '../people/viewer'
import type { Policy } from '../policy/policy'
import type { Capacity } from './receipt'

/** In what capacity a person would write on this lesson (TIM-06, OFF-07). */
export function capacityOn(lesson: Lesson, viewer: Viewer): Capacity {
  if (assigneeOf(lesson) === viewer.person && viewer.roles.length > 0) return 'assignee'
  if (lesson.teacher === viewer.person && viewer.roles.length > 0) return 'teacher'
  if (viewer.homerooms.includes(lesson.class)) return 'homeroom'
  return viewer.roles.includes('deputy') ? 'deputy' : 'none'
}

/** What the fold needs of the policy in force on the sheet's date. */
export interface FoldRules {
  reasonIsHomerooms: boolean
  askSameAuthor: boolean
  askAboutSubstitute: boolean
  /** ms within which two values of one author are asked about (C5). */
  tolerance: number
}

export function foldRulesOf(policy: Policy): FoldRules {
  return {
    reasonIsHomerooms: policy.attendance.layers.reason === 'homeroom',
    askSameAuthor: policy.sync.sameAuthorConflict === 'askAuthor',
    askAboutSubstitute: policy.sync.substituteConflict === 'deputyDecides',
    tolerance: policy.sync.clockToleranceSeconds * 1000,
  }
}

/** The rank of a capacity in this cell (C4): a reason is the homeroom teacher's where the policy says so. */
export function rankOf(capacity: Capacity, cell: string, rules: FoldRules): number {
  switch (capacity) {
    case 'deputy':
    case 'office':
      return 4
    case 'homeroom':
      return cell.startsWith('reason:') && rules.reasonIsHomerooms ? 4 : 1
    case 'assignee':
      return 3
    case 'teacher':
      return 2
    case 'none':
      return 0
  }
}
