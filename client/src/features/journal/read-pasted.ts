import type { Attendance } from 'shared/journal/attendance'

export type Pasted =
  | { is: 'mark'; mark: string }
  | { is: 'attendance'; attendance: Attendance }
  | { is: 'empty' }
  | { is: 'unknown'; text: string }

const signs: Record<string, Attendance> = {
  н: 'absent',
  нб: 'absent',
  б: 'ill',
  у: 'excused',
  уп: 'excused',
  нп: 'unexcused',
  о: 'late',
  оп: 'late',
}

/** A column copied from a spreadsheet: the first cell of each line. An empty line leaves its student alone. */
export function readPasted(text: string, scale: readonly string[]): Pasted[] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  return lines.map((line) => {
    const [first = ''] = line.split('\t')
    const word = first.trim()
    if (word === '') return { is: 'empty' }
    if (scale.includes(word)) return { is: 'mark', mark: word }
    const attendance = signs[word.toLowerCase().replace('/', '')]
    return attendance ? { is: 'attendance', attendance } : { is: 'unknown', text: word }
  })
}
