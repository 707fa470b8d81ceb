import type { Attendance } from 'shared/journal/attendance'

/** What a key means in the grid. Null: it is none of ours. */
export type GridKey =
  | { do: 'move'; rows: number; columns: number }
  | { do: 'mark'; mark: string }
  | { do: 'attend'; attendance: Attendance }
  | { do: 'clear' | 'undo' | 'help' | 'open' | 'unknown' }

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Farther than any grid is long: the grid stops at its edge. */
const edge = 10_000

const moves: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Enter: [1, 0],
  Home: [0, -edge],
  End: [0, edge],
  PageUp: [-10, 0],
  PageDown: [10, 0],
}
const letters: Record<string, Attendance> = { н: 'absent', б: 'ill', у: 'excused', о: 'late' }
// The same keys while the keyboard is switched to Latin letters.
const codes: Record<string, Attendance> = { KeyY: 'absent', Comma: 'ill', KeyE: 'excused', KeyJ: 'late' }

export function readKey({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Key): GridKey | null {
  if (ctrlKey || metaKey || altKey) {
    if (code === 'KeyZ' && !altKey && !shiftKey) return { do: 'undo' }
    if (ctrlKey && key === 'Home') return { do: 'move', rows: -edge, columns: -edge }
    return ctrlKey && key === 'End' ? { do: 'move', rows: edge, columns: edge } : null
  }
  const move = moves[key]
  if (move) return { do: 'move', rows: shiftKey && key === 'Enter' ? -1 : move[0], columns: move[1] }
  if (key === 'Delete' || key === 'Backspace') return { do: 'clear' }
  if (key === 'F2' || key === ' ') return { do: 'open' }
  if (key === '?') return { do: 'help' }
  if (/^\d$/.test(key)) return { do: 'mark', mark: key }
  if (key.length !== 1) return null
  const isCyrillic = /[а-яё]/i.test(key)
  const attendance = letters[key.toLowerCase()] ?? (isCyrillic ? undefined : codes[code])
  return attendance ? { do: 'attend', attendance } : { do: 'unknown' }
}
