import { meanOf } from './mean'

test('the mean is arithmetic', () => {
  expect(meanOf(['5', '4', '4'])).toBeCloseTo(13 / 3)
  expect(meanOf(['2'])).toBe(2)
})

test('no marks have no mean, and what is no number is left out', () => {
  expect(meanOf([])).toBeNull()
  expect(meanOf(['зач'])).toBeNull()
  expect(meanOf(['5', 'зач', ''])).toBe(5)
  expect(meanOf(['5-', '+5', ' 5', '4.5'])).toBeNull()
  expect(meanOf(['10', '12'])).toBe(11)
})
