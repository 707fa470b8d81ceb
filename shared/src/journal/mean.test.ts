import { meanOf } from './mean'

test('the mean is arithmetic', () => {
  expect(meanOf(['5', '4', '4'])).toBeCloseTo(13 / 3)
  expect(meanOf(['2'])).toBe(2)
})

test('no marks have no mean, and what is no number is left out', () => {
  expect(meanOf([])).toBeNull()
  expect(meanOf(['зач'])).toBeNull()
  expect(meanOf(['5', 'зач', ''])).toBe(5)
})
