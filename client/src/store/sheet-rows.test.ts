import { pulledSheet } from '../testing/test-journal'
import { afterChange, changesByRow, placeOf, shelfOfDay } from './sheet-rows'

const first = 'lesson:m5:2026-09-16:2'
const second = 'lesson:m5:2026-09-19:1'

test('the lessons of a section and some ten days lie in one row, on the shelf of their days', () => {
  expect(placeOf(first)).toEqual(placeOf(second))
  expect(placeOf(first).shelf).toBe(shelfOfDay('2026-09-10'))
  expect(placeOf('lesson:m5:2026-10-16:1').row).not.toBe(placeOf(first).row)
  expect(placeOf('lesson:m5:2026-09-20:1').row).not.toBe(placeOf(first).row)
  expect(placeOf('lesson:m5:2026-09-30:1').row).toBe(placeOf('lesson:m5:2026-09-20:1').row)
  expect(placeOf('lesson:m6:2026-09-16:2').row).not.toBe(placeOf(first).row)
})

test('every sheet of the directory lies alone', () => {
  expect(placeOf('roster:c5').row).not.toBe(placeOf('roster:c6').row)
  expect(placeOf('roster:c5').shelf).toBe(placeOf('calendar').shelf)
})

test('what has come and what is gone is told row by row', () => {
  const changes = changesByRow([pulledSheet(first, {}), pulledSheet('roster:c5', {})], [second])
  const told = changes.map(({ row, taken, gone }) => [row, taken.map(({ id }) => id), [...gone]])
  expect(told).toEqual([
    [placeOf(first).row, [first], [second]],
    [placeOf('roster:c5').row, ['roster:c5'], []],
  ])
})

test('what has come replaces what was there, and what is gone leaves', () => {
  const before = [pulledSheet(first, { a: 1 }), pulledSheet(second, {})]
  const newer = pulledSheet(first, { a: 2 })
  expect(afterChange(before, { taken: [newer], gone: new Set([second]) })).toEqual([newer])
  expect(afterChange(before, { taken: [], gone: new Set([first, second]) })).toEqual([])
})
