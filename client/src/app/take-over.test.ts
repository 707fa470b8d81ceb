import { afterTyping, onTakeOver } from './take-over'

class Container extends EventTarget {
  controller: ServiceWorker | null = null

  change(): void {
    this.controller = {} as ServiceWorker
    this.dispatchEvent(new Event('controllerchange'))
  }
}

describe('a newer version takes the page over', () => {
  test('the first worker ever changes nothing, the second does, without a load between', () => {
    const container = new Container()
    const run = jest.fn()
    onTakeOver(container, run)
    container.change()
    expect(run).not.toHaveBeenCalled()
    container.change()
    expect(run).toHaveBeenCalledTimes(1)
  })

  test('a page that came from a worker follows the next one', () => {
    const container = new Container()
    container.controller = {} as ServiceWorker
    const run = jest.fn()
    onTakeOver(container, run)
    container.change()
    expect(run).toHaveBeenCalledTimes(1)
  })
})

describe('not under the hands of who writes', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  function field(): HTMLInputElement {
    return document.body.appendChild(document.createElement('input'))
  }

  test('it waits until the field is left, and for the next field too', () => {
    const [first, second] = [field(), field()]
    const run = jest.fn()
    first.focus()
    afterTyping(run)
    jest.advanceTimersByTime(60_000)
    expect(run).not.toHaveBeenCalled()
    second.focus()
    jest.advanceTimersByTime(60_000)
    expect(run).not.toHaveBeenCalled()
    second.blur()
    jest.advanceTimersByTime(1000)
    expect(run).toHaveBeenCalledTimes(1)
  })

  test('where nobody types it is done soon', () => {
    const run = jest.fn()
    afterTyping(run)
    jest.advanceTimersByTime(1000)
    expect(run).toHaveBeenCalledTimes(1)
  })
})
