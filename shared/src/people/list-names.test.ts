import { salt } from '../testing/small-school'
import { listNames } from './list-names'

const person = (id: string, last: string, first: string, middle = '') => ({
  id,
  name: { last, first, middle, salt },
})

test('a list shows surname and first name', () => {
  expect([...listNames([person('a', 'Абрамов', 'Кирилл', 'Олегович')]).values()]).toEqual(['Абрамов Кирилл'])
})

test('namesakes get their patronymics, full namesakes a number', () => {
  const names = listNames([
    person('a', 'Иванов', 'Иван', 'Олегович'),
    person('b', 'Иванов', 'Иван', 'Петрович'),
    person('c', 'Иванов', 'Иван', 'Петрович'),
    person('d', 'Иванов', 'Пётр', 'Петрович'),
  ])
  expect([...names.values()]).toEqual([
    'Иванов Иван Олегович',
    'Иванов Иван Петрович (1)',
    'Иванов Иван Петрович (2)',
    'Иванов Пётр',
  ])
})
