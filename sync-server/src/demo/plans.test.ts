import { makeSchoolOf } from './full/school-of'
import { directoryAfter, foundingDrafts } from './school'
import { plannedLesson, topicsOf, workOf } from './plans'

const { sections, classes } = directoryAfter(foundingDrafts(makeSchoolOf({ classes: 40, seed: '1' }), 0))
const taught = new Set(
  [...sections.values()].map(({ subject, class: of }) => `${classes.get(of)?.grade} ${subject}`),
)

test.each([...taught].sort())('every lesson of the year in %s has a topic', (place) => {
  const [grade = '', subject = ''] = place.split(' ')
  const planned = Array.from({ length: 204 }, (_, index) =>
    plannedLesson({ grade: Number(grade), subject, section: 'x1', index }, '1'),
  )
  expect(planned.filter(({ topic }) => !/\S$/.test(topic) || topic.includes('undefined'))).toEqual([])
  expect(new Set(planned.map(({ topic }) => topic)).size).toBeGreaterThanOrEqual(4)
})

test('a grade without a list of its own takes the nearest one', () => {
  expect(topicsOf(4, 'mus')).toBe(topicsOf(3, 'mus'))
  expect(topicsOf(4, 'math')).not.toBe(topicsOf(3, 'math'))
})

test.each([
  ['Лабораторная работа «Закон Ома»', 'laboratory'],
  ['Контрольный диктант по теме «Глагол»', 'dictation'],
  ['Математический диктант', 'written'],
  ['Защита проекта', 'project'],
])('«%s» is a work of the type %s', (topic, type) => {
  expect(workOf(topic)?.type).toBe(type)
})

test('a lesson that explains is no work', () => {
  expect(workOf('Правописание безударных гласных в корне')).toBeNull()
})
