import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { KeptField } from './kept-field'

const elsewhere = { note: (text: string) => `now: ${text}`, take: 'take' }

function Field({ onKeep, start = '' }: { onKeep: (text: string) => void; start?: string }) {
  const [value, setValue] = useState(start)
  const keep = (text: string) => {
    onKeep(text)
    setValue(text)
  }
  return (
    <>
      <KeptField label="Topic" value={value} onKeep={keep} elsewhere={elsewhere} />
      <button
        type="button"
        onClick={() => setValue('from another tablet')}
        onPointerDown={(e) => e.preventDefault()}
      >
        other
      </button>
    </>
  )
}

test('what is typed is kept on leaving the field, once and trimmed', async () => {
  const onKeep = jest.fn()
  render(<Field onKeep={onKeep} />)
  await userEvent.type(screen.getByLabelText('Topic'), 'Fractions ')
  expect(onKeep).not.toHaveBeenCalled()
  await userEvent.tab()
  expect(onKeep.mock.calls).toEqual([['Fractions']])
  expect(screen.getByLabelText('Topic')).toHaveValue('Fractions')
})

test('a pause of a second and a half keeps it while the cursor is still in the field', async () => {
  jest.useFakeTimers()
  const onKeep = jest.fn()
  render(<Field onKeep={onKeep} />)
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime })
  await user.type(screen.getByLabelText('Topic'), 'Frac')
  act(() => jest.advanceTimersByTime(1499))
  expect(onKeep).not.toHaveBeenCalled()
  act(() => jest.advanceTimersByTime(1))
  expect(onKeep.mock.calls).toEqual([['Frac']])
  await user.type(screen.getByLabelText('Topic'), 'tions')
  act(() => jest.advanceTimersByTime(1500))
  expect(onKeep).toHaveBeenLastCalledWith('Fractions')
  jest.useRealTimers()
})

test('closing the page, hiding it and leaving the screen keep what is typed', async () => {
  const onKeep = jest.fn()
  const { unmount } = render(<Field onKeep={onKeep} />)
  await userEvent.type(screen.getByLabelText('Topic'), 'a')
  act(() => void window.dispatchEvent(new Event('pagehide')))
  expect(onKeep).toHaveBeenLastCalledWith('a')
  await userEvent.type(screen.getByLabelText('Topic'), 'b')
  unmount()
  expect(onKeep).toHaveBeenLastCalledWith('ab')
})

test('nothing typed, or typed and taken back, keeps nothing', async () => {
  const onKeep = jest.fn()
  render(<Field onKeep={onKeep} start="Fractions" />)
  await userEvent.type(screen.getByLabelText('Topic'), 's{Backspace}')
  await userEvent.tab()
  expect(onKeep).not.toHaveBeenCalled()
})

test('C2 a value that comes while somebody writes is shown beside the draft, and can be taken', async () => {
  const onKeep = jest.fn()
  render(<Field onKeep={onKeep} />)
  await userEvent.type(screen.getByLabelText('Topic'), 'mine')
  await userEvent.click(screen.getByRole('button', { name: 'other' }))
  expect(screen.getByLabelText('Topic')).toHaveValue('mine')
  expect(screen.getByText(/now: from another tablet/)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'take' }))
  expect(screen.getByLabelText('Topic')).toHaveValue('from another tablet')
  expect(onKeep).not.toHaveBeenCalled()
})

test.each([false, true])(
  'what is typed is not for the browser to fill in again (several lines: %s)',
  (multiline) => {
    render(<KeptField label="Topic" value="" onKeep={() => {}} elsewhere={elsewhere} multiline={multiline} />)
    expect(screen.getByLabelText('Topic')).toHaveAttribute('autocomplete', 'off')
  },
)
