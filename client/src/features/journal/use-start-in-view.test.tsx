import { render } from '@testing-library/react'
import { must } from 'shared/plain/must'
import { useStartInView } from './use-start-in-view'

const names = 200
const room = 1200
/** jsdom lays nothing out: columns are as wide as they say. */
const sizes = {
  offsetLeft: (element: HTMLElement) => Number(element.dataset.left),
  offsetWidth: (element: HTMLElement) => (element.className === 'journal-corner' ? names : 0),
  clientWidth: () => room,
}
for (const [size, of] of Object.entries(sizes)) {
  Object.defineProperty(HTMLElement.prototype, size, {
    configurable: true,
    get(this: HTMLElement) {
      return of(this)
    },
  })
}

function Grid({ at, from, widths }: { at: number; from: number; widths: number[] }) {
  const scroller = useStartInView(at, from)
  const left = (column: number) => widths.slice(0, column).reduce((sum, width) => sum + width, names)
  return (
    <div ref={scroller} data-testid="scroller">
      <span className="journal-corner" />
      {widths.map((width, column) =>
        column < from ? null : (
          <i key={`${column} ${width}`} data-row="0" data-column={column} data-left={left(column)} />
        ),
      )}
    </div>
  )
}

const year = Array.from({ length: 100 }, () => 50)

test('the journal opens with today in view, and more of what was than of what will be', () => {
  const { getByTestId } = render(<Grid at={80} from={60} widths={year} />)
  const left = names + 80 * 50 - getByTestId('scroller').scrollLeft
  expect(left - names).toBe((room - names) * 0.6)
})

test('columns drawn later, wider than their blank, do not move what somebody looks at', () => {
  const { getByTestId, rerender } = render(<Grid at={80} from={60} widths={year} />)
  const scroller = getByTestId('scroller')
  // They have scrolled in the meantime.
  scroller.scrollLeft -= 130
  const before = scroller.scrollLeft
  rerender(<Grid at={80} from={48} widths={year.map((width, i) => (i >= 48 && i < 60 ? 58 : width))} />)
  expect(scroller.scrollLeft - before).toBe(12 * 8)
})

test('the cursor may go elsewhere: the view is not pulled back to today', () => {
  const { getByTestId, rerender } = render(<Grid at={80} from={60} widths={year} />)
  const scroller = getByTestId('scroller')
  scroller.scrollLeft = 0
  rerender(<Grid at={3} from={0} widths={year} />)
  expect(scroller.scrollLeft).toBe(0)
})

test('a section without a lesson yet stays where it is', () => {
  const { container } = render(<Grid at={0} from={0} widths={[]} />)
  expect(must(container.querySelector('[data-testid]'), 'the scroller').scrollLeft).toBe(0)
})
