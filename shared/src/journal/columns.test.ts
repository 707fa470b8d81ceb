import { salt } from '../testing/small-school'
import { columnsOf } from './columns'

const control = { type: 'control', title: { text: 'Дроби', salt }, weight: 1 }

test('every lesson has the column «ответ на уроке» from the start', () => {
  expect(columnsOf({})).toEqual([{ id: 'answer', type: 'answer', title: null, weight: 1 }])
})

test('other works come after it, in one order on every device', () => {
  const cells = { 'column:w2': { value: control }, 'column:w1': { value: control }, topic: { value: null } }
  expect(columnsOf(cells).map(({ id }) => id)).toEqual(['answer', 'w1', 'w2'])
  const early = { 'column:a2': { value: control }, 'column:a1': { value: control } }
  expect(columnsOf(early)).toEqual([
    { id: 'answer', type: 'answer', title: null, weight: 1 },
    { ...control, id: 'a1' },
    { ...control, id: 'a2' },
  ])
})

test('C7 a removed column is left out, «ответ» too, and comes back when it is set again', () => {
  expect(columnsOf({ 'column:w1': { value: null }, 'column:answer': { value: null } })).toEqual([])
  expect(columnsOf({ 'column:w1': { value: control } }).map(({ id }) => id)).toEqual(['answer', 'w1'])
})
