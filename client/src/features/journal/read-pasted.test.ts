import { readPasted } from './read-pasted'

const scale = ['2', '3', '4', '5']

test('a column of marks and absences, as a spreadsheet copies it', () => {
  expect(readPasted('5\r\n4\r\n\r\nн\r\nОП\r\n', scale)).toEqual([
    { is: 'mark', mark: '5' },
    { is: 'mark', mark: '4' },
    { is: 'empty' },
    { is: 'attendance', attendance: 'absent' },
    { is: 'attendance', attendance: 'late' },
  ])
})

test('of several columns the first is taken', () => {
  expect(readPasted('5\tАбрамов', scale)).toEqual([{ is: 'mark', mark: '5' }])
})

test('LES-15 what is not on the scale is not guessed', () => {
  expect(readPasted('осв.\nн/а\n1\n5,0', scale)).toEqual(
    ['осв.', 'н/а', '1', '5,0'].map((text) => ({ is: 'unknown', text })),
  )
})
