import { act, renderHook } from '@testing-library/react'
import { useColumnsInSteps } from './use-columns-in-steps'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

// One frame, and what was put off until it had been painted.
function aFrame() {
  act(() => {
    jest.advanceTimersToNextFrame()
    jest.advanceTimersByTime(1)
  })
}

test('today’s column and its surroundings are there at once, and then each of the year’s columns', () => {
  const { result } = renderHook(() => useColumnsInSteps(200, 120))
  const first = result.current.drawn
  expect(first.from).toBeLessThan(120)
  expect(first.to).toBeGreaterThan(121)
  expect(first.to - first.from).toBeLessThan(100)
  let before = first
  for (let frame = 0; frame < 20; frame++) {
    aFrame()
    const { drawn } = result.current
    // What was drawn is never taken down: a cell with the cursor in it would lose it.
    expect(drawn.from).toBeLessThanOrEqual(before.from)
    expect(drawn.to).toBeGreaterThanOrEqual(before.to)
    before = drawn
  }
  expect(before).toEqual({ from: 0, to: 200 })
  expect(jest.getTimerCount()).toBe(0)
})

test('a cursor that goes to a column not yet drawn has all of them at once', () => {
  const { result } = renderHook(() => useColumnsInSteps(200, 199))
  expect(result.current.drawn.from).toBeGreaterThan(0)
  act(() => result.current.drawAll())
  expect(result.current.drawn).toEqual({ from: 0, to: 200 })
})

test('a column that is added later is drawn', () => {
  const { result, rerender } = renderHook(({ count }) => useColumnsInSteps(count, 0), {
    initialProps: { count: 3 },
  })
  expect(result.current.drawn).toEqual({ from: 0, to: 3 })
  rerender({ count: 60 })
  for (let frame = 0; frame < 10; frame++) aFrame()
  expect(result.current.drawn).toEqual({ from: 0, to: 60 })
})

test('a screen that is left before its table stands goes on with nothing', () => {
  const { unmount } = renderHook(() => useColumnsInSteps(200, 0))
  unmount()
  expect(jest.getTimerCount()).toBe(0)
})
