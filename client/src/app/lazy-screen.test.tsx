import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense } from 'react'
import { ErrorScreen } from './error-screen'
import { lazyScreen, type LazyScreen } from './lazy-screen'

interface Props {
  title: string
}

function Lesson({ title }: Props) {
  return (
    <label>
      {title}
      <input />
    </label>
  )
}

function Shown({ of, title = 'Topic', place }: { of: LazyScreen<Props>; title?: string; place?: string }) {
  return (
    <ErrorScreen key={place} onBroken={of.renew}>
      <Suspense fallback={<p>loading</p>}>
        <of.Screen title={title} />
      </Suspense>
    </ErrorScreen>
  )
}

test('a screen whose code is here is drawn at once, without a flash of «loading»', async () => {
  const lesson = lazyScreen(async () => Lesson)
  await lesson.load()
  render(<Shown of={lesson} />)
  expect(screen.queryByText('loading')).toBeNull()
  expect(screen.getByLabelText('Topic')).toBeVisible()
})

test('a screen whose code is still on its way says so and then comes; the code is fetched once', async () => {
  let arrive: (code: typeof Lesson) => void = () => {}
  const code = new Promise<typeof Lesson>((resolve) => (arrive = resolve))
  const fetched = jest.fn(() => code)
  const lesson = lazyScreen(fetched)
  render(<Shown of={lesson} />)
  expect(screen.getByText('loading')).toBeVisible()
  await act(async () => arrive(Lesson))
  expect(await screen.findByLabelText('Topic')).toBeVisible()
  await lesson.load()
  expect(fetched).toHaveBeenCalledTimes(1)
})

test('what was typed stays when the screen is drawn again after its code has come', async () => {
  const lesson = lazyScreen(async () => Lesson)
  const { rerender } = render(<Shown of={lesson} />)
  await userEvent.type(await screen.findByLabelText('Topic'), 'Fractions')
  rerender(<Shown of={lesson} title="Theme" />)
  expect(screen.getByLabelText('Theme')).toHaveValue('Fractions')
})

test('a screen whose code did not come says that something is wrong, and comes when somebody goes there again', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {})
  let hasNetwork = false
  const fetched = jest.fn(async () => {
    if (!hasNetwork) throw new TypeError('Failed to fetch dynamically imported module')
    return Lesson
  })
  const lesson = lazyScreen(fetched)
  const { rerender } = render(<Shown of={lesson} place="/lesson/1" />)
  expect(await screen.findByRole('alert')).toBeVisible()
  // Asked for once: it does not go on asking behind the message.
  expect(fetched).toHaveBeenCalledTimes(1)
  hasNetwork = true
  rerender(<Shown of={lesson} place="/lesson/2" />)
  expect(await screen.findByLabelText('Topic')).toBeVisible()
})
