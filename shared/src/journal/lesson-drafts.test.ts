import { chooseDraft } from './again'
import { anEntry, salt } from '../testing/small-school'
import type { Draft } from './build'
import { parseEntry } from './kinds/kinds'
import {
  allPresent,
  othersPresent,
  setAttendance,
  setColumn,
  setHomework,
  setMark,
  setRemark,
  setTopic,
} from './lesson-drafts'
import { must } from '../plain/must'

const lesson = 'lesson:m5:2026-09-16:2'

function reads({ sheet, kind, set }: Draft): boolean {
  return (
    parseEntry(anEntry({ sheet, kind, changes: set.map((change) => ({ ...change, base: [] })) })) !== null
  )
}

test('every wish has the shape that the wire lets in (O4)', () => {
  const text = { text: 'Дроби', salt }
  const wishes = [
    setMark(lesson, 'answer', 's1', '5'),
    setMark(lesson, 'answer', 's1', null),
    must(setAttendance(lesson, {}, 's1', 'ill'), 'a change'),
    allPresent(lesson, { 'absence:s1': { value: 'absent' } }, ['s1', 's2']),
    othersPresent(lesson),
    setTopic(lesson, 'Дроби', salt),
    setTopic(lesson, null, salt),
    setHomework(lesson, { text, due: '2026-09-18' }),
    setHomework(lesson, { none: true }),
    setColumn(lesson, 'w1', { type: 'control', title: text, weight: 2 }),
    setColumn(lesson, 'w1', null),
    setRemark(lesson, 's1', 'r1', { to: 'family', text }),
    chooseDraft(lesson, 'mark:answer:s1', '4'),
  ]
  expect(wishes.filter((wish) => !reads(wish))).toEqual([])
})

test('«все присутствуют» clears only who was marked, and takes attendance, in one entry', () => {
  const cells = { 'absence:s1': { value: 'absent' }, 'absence:s2': { value: null } }
  expect(allPresent(lesson, cells, ['s1', 's2', 's3']).set).toEqual([
    { cell: 'taken', value: true },
    { cell: 'absence:s1', value: null },
  ])
})

test('attendance that is so already needs no entry', () => {
  expect(setAttendance(lesson, { 'absence:s1': { value: 'absent' } }, 's1', 'absent')).toBeNull()
})
