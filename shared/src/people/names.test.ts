import { salt } from '../testing/small-school'
import { byName, fullName, initialsName, shortName } from './names'

const name = (last: string, first = '', middle = '') => ({ last, first, middle, salt })

test('names as lists, journals and letters show them', () => {
  const olga = name('Абрамова', 'Светлана', 'Олеговна')
  expect([shortName(olga), initialsName(olga), fullName(olga)]).toEqual([
    'Абрамова Светлана',
    'Абрамова С. О.',
    'Абрамова Светлана Олеговна',
  ])
})

test('a patronymic, or a first name, may be missing', () => {
  expect([initialsName(name('Ли', 'Ван')), fullName(name('Ли', 'Ван')), shortName(name('Ли'))]).toEqual([
    'Ли В.',
    'Ли Ван',
    'Ли',
  ])
})

test('a Russian list puts ё beside е, and namesakes in the order of their first names', () => {
  const list = [name('Жуков'), name('Ёлкин'), name('Егоров', 'Яков'), name('Егоров', 'Антон'), name('Ершов')]
  expect(list.sort(byName).map(shortName)).toEqual(['Егоров Антон', 'Егоров Яков', 'Ёлкин', 'Ершов', 'Жуков'])
})
