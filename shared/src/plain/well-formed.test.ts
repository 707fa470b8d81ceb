import { parseEntry } from '../journal/kinds/kinds'
import { anEntry, salt } from '../testing/small-school'
import { isWellFormed } from './well-formed'

describe('well-formed text', () => {
  test('whole emoji and plain letters pass', () => {
    expect(isWellFormed({ text: 'Ёлка 🎄', list: ['ok', null, 3, true] })).toBe(true)
  })
  test.each([['\ud83c'], [{ text: 'cut \ud83c' }], [['\udf84']], [{ '\ud800': 1 }]])(
    'half a pair does not: %j',
    (value) => {
      expect(isWellFormed(value)).toBe(false)
    },
  )
  test('O4 an entry with half an emoji has no shape, and one with a whole emoji has', () => {
    const topic = (text: string) => anEntry({ kind: 'set-topic', cell: 'topic', value: { text, salt } })
    expect(parseEntry(topic('Дроби 🎄'))).not.toBeNull()
    expect(parseEntry(topic('Дроби \ud83c'))).toBeNull()
  })
})
