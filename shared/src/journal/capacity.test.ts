import { viewerOf } from '../people/viewer'
import { defaultPolicy, resolvePolicy } from '../policy/policy'
import { foldRules } from '../testing/folding'
import { lessonAt, mathLesson, salt, smallSchool } from '../testing/small-school'
import { capacityOn, foldRulesOf, rankOf } from './capacity'
import { capacities } from './receipt'

const substituted = smallSchool({
  'timetable:c5a': { 'substitution:m5:2026-09-16:2': { teacher: 't3', cancelled: false, room: null } },
})

test.each([
  ['t1', 'assignee', 'teacher'],
  ['t3', 'none', 'assignee'],
  ['t2', 'homeroom', 'homeroom'],
  ['d1', 'deputy', 'deputy'],
  ['h1', 'none', 'none'],
  ['s1', 'none', 'none'],
  ['g1', 'none', 'none'],
])('TIM-06, OFF-07 %s is %s on an own lesson, and %s where a substitute has it', (person, usual, given) => {
  const on = (school: typeof substituted) =>
    capacityOn(lessonAt(mathLesson, school), viewerOf(person, '2026-09-16', school))
  expect(on(smallSchool())).toBe(usual)
  expect(on(substituted)).toBe(given)
})

test('ACC-26 whose duty has ended is neither assignee nor teacher, though the lesson still bears the name', () => {
  const until = (person: string) => ({
    [`person:${person}`]: {
      name: { last: 'Орлова', first: '', middle: '', salt },
      roles: ['teacher'],
      to: '2026-09-13',
    },
  })
  const substitution = {
    'substitution:m5:2026-09-16:2': { teacher: 't3', cancelled: false, room: null },
  }
  const on = (person: string, given: boolean) => {
    const school = smallSchool({
      staff: { ...until('t1'), ...until('t3') },
      'timetable:c5a': given ? substitution : {},
    })
    return capacityOn(lessonAt(mathLesson, school), viewerOf(person, '2026-09-16', school))
  }
  expect([on('t1', false), on('t1', true), on('t3', true)]).toEqual(['none', 'none', 'none'])
})

test('C4 a mark ranks deputy, assignee, teacher, homeroom', () => {
  const ranked = [...capacities].sort(
    (a, b) => rankOf(b, 'mark:answer:s1', foldRules()) - rankOf(a, 'mark:answer:s1', foldRules()),
  )
  expect(ranked).toEqual(['office', 'deputy', 'assignee', 'teacher', 'homeroom', 'none'])
})

test('POL-M12 a reason is the homeroom teacher’s before the teacher’s, where the policy says so', () => {
  const rank = (reasonIsHomerooms: boolean) =>
    rankOf('homeroom', 'reason:s1', foldRules({ reasonIsHomerooms }))
  expect(rank(true)).toBeGreaterThan(rankOf('assignee', 'reason:s1', foldRules()))
  expect(rank(false)).toBeLessThan(rankOf('teacher', 'reason:s1', foldRules()))
})

test('the product’s own policy asks nobody: the latest made, and the assignee, win (POL-M09, POL-M10)', () => {
  expect(foldRulesOf(defaultPolicy)).toEqual(foldRules())
})

test('POL-M07, POL-M09, POL-M10, POL-M12 each rule of the fold is the school’s to choose', () => {
  const chosen = (overrides: Record<string, string | number>) =>
    foldRulesOf(resolvePolicy('product-default', overrides))
  expect(chosen({ 'attendance.layers.reason': 'teacher' })).toEqual(foldRules({ reasonIsHomerooms: false }))
  expect(chosen({ 'sync.sameAuthorConflict': 'askAuthor' })).toEqual(foldRules({ askSameAuthor: true }))
  expect(chosen({ 'sync.substituteConflict': 'deputyDecides' })).toEqual(
    foldRules({ askAboutSubstitute: true }),
  )
  expect(chosen({ 'sync.clockToleranceSeconds': 7 })).toEqual(foldRules({ tolerance: 7000 }))
})
