import { lessonAt, mathLesson, salt, smallSchool } from '../testing/small-school'
import { must } from '../plain/must'
import { lessonFactsOf } from './judge'
import { missingIn } from './missing'

const school = smallSchool()
const math = must(lessonFactsOf(lessonAt(mathLesson, school), school, {}), 'math')
const midnight = Date.parse('2026-09-16T21:00:00Z')
const text = { text: 'Дроби', salt }

test('an empty lesson lacks attendance, topic and homework, each with its deadline', () => {
  expect(missingIn({}, math)).toEqual([
    { what: 'attendance', due: midnight },
    { what: 'topic', due: midnight },
    { what: 'homework', due: midnight },
  ])
})

test('LES-05 homework that is said to be none is put in', () => {
  const cells = { taken: { value: true }, topic: { value: text }, homework: { value: { none: true } } }
  expect(missingIn(cells, math)).toEqual([])
})

test('what waits for a deputy is not asked for again; what was refused is', () => {
  const waiting = { value: null, mine: { state: 'waiting' } }
  const refused = { value: null, mine: { state: 'out' } }
  expect(
    missingIn({ taken: waiting, topic: waiting, homework: refused }, math).map(({ what }) => what),
  ).toEqual(['homework'])
})

test('LES-12 grade 1 has no homework to lack', () => {
  const lesson = must(lessonFactsOf(lessonAt('lesson:m1:2026-09-16:1', school), school, {}), 'm1')
  expect(missingIn({}, lesson).map(({ what }) => what)).toEqual(['attendance', 'topic'])
})

test('LES-12 but lacks it where the policy lets grade 1 have homework', () => {
  const allowing = smallSchool({
    policy: { 'policy:2026-09-01': { preset: 'product-default', overrides: { 'grade1.homework': null } } },
  })
  const lesson = must(lessonFactsOf(lessonAt('lesson:m1:2026-09-16:1', allowing), allowing, {}), 'm1')
  expect(missingIn({}, lesson).map(({ what }) => what)).toEqual(['attendance', 'topic', 'homework'])
})

test('what was taken back is missing again', () => {
  const cells = { taken: { value: null }, topic: { value: text }, homework: { value: { none: true } } }
  expect(missingIn(cells, math).map(({ what }) => what)).toEqual(['attendance'])
})

test('what a school does not require is not missing', () => {
  const quiet = smallSchool({
    policy: {
      'policy:2026-09-01': { preset: 'product-default', overrides: { 'lesson.requiredFields': ['topic'] } },
    },
  })
  const facts = must(lessonFactsOf(lessonAt(mathLesson, quiet), quiet, {}), 'math')
  expect(missingIn({}, facts).map(({ what }) => what)).toEqual(['attendance', 'topic'])
})
