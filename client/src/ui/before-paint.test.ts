import { beforePaint } from './before-paint'

const hidden = jest.spyOn(document, 'hidden', 'get')
beforeEach(() => {
  jest.useFakeTimers()
  hidden.mockReturnValue(false)
})
afterEach(() => jest.useRealTimers())

test('what comes together is drawn with the next frame, each once', () => {
  const run = jest.fn()
  beforePaint(() => run('a mark'))
  beforePaint(() => run('its neighbour'))
  expect(run).not.toHaveBeenCalled()
  jest.advanceTimersToNextFrame()
  expect(run.mock.calls).toEqual([['a mark'], ['its neighbour']])
  jest.runAllTimers()
  expect(run).toHaveBeenCalledTimes(2)
})

test('a page in the background paints nothing, and is told at once', () => {
  hidden.mockReturnValue(true)
  const run = jest.fn()
  beforePaint(run)
  expect(run).toHaveBeenCalledTimes(1)
})

test('a page that goes to the background before its frame is told all the same, once', () => {
  const noFrame = jest.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(1)
  const run = jest.fn()
  beforePaint(run)
  jest.runAllTimers()
  expect(run).toHaveBeenCalledTimes(1)
  noFrame.mockRestore()
})
