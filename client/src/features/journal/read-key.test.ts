import { readKey } from './read-key'

const press = (key: string, over: Partial<Parameters<typeof readKey>[0]> = {}) =>
  readKey({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...over })

test('digits are marks, whatever the scale: the judge answers for it', () => {
  expect(press('5')).toEqual({ do: 'mark', mark: '5' })
  expect(press('9')).toEqual({ do: 'mark', mark: '9' })
})

test('н б у о are attendance, capital or small, and on a keyboard switched to Latin', () => {
  expect(['н', 'Б', 'у', 'О'].map((key) => press(key))).toEqual(
    ['absent', 'ill', 'excused', 'late'].map((attendance) => ({ do: 'attend', attendance })),
  )
  expect(press('y', { code: 'KeyY' })).toEqual({ do: 'attend', attendance: 'absent' })
  expect(press(',', { code: 'Comma' })).toEqual({ do: 'attend', attendance: 'ill' })
})

test('a Cyrillic letter on a place that would mean another one is not that one', () => {
  expect(press('ж', { code: 'KeyY' })).toEqual({ do: 'unknown' })
})

test('Enter goes down, Shift+Enter up, arrows all ways', () => {
  expect(press('Enter')).toEqual({ do: 'move', rows: 1, columns: 0 })
  expect(press('Enter', { shiftKey: true })).toEqual({ do: 'move', rows: -1, columns: 0 })
  expect(press('ArrowLeft')).toEqual({ do: 'move', rows: 0, columns: -1 })
})

test('Ctrl+Z undoes in any layout; other shortcuts are the browser’s', () => {
  expect(press('я', { code: 'KeyZ', ctrlKey: true })).toEqual({ do: 'undo' })
  expect(press('v', { code: 'KeyV', ctrlKey: true })).toBeNull()
  expect(press('5', { ctrlKey: true })).toBeNull()
  expect(press('Tab')).toBeNull()
})

test('a key that means nothing here is known to mean nothing', () => {
  expect(press('ц')).toEqual({ do: 'unknown' })
  expect(press('?')).toEqual({ do: 'help' })
})
