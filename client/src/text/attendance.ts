import type { Attendance } from 'shared/journal/attendance'
import type { Language } from './text'

/** The letter that stands in the journal. */
export const attendanceLetters: Record<Language, Record<Attendance, string>> = {
  ru: { unknown: '', present: '', absent: 'Н', late: 'ОП', ill: 'Б', excused: 'У', unexcused: 'НП' },
  en: { unknown: '', present: '', absent: 'A', late: 'L', ill: 'ILL', excused: 'EX', unexcused: 'UN' },
}

export const attendanceNames: Record<Language, Record<Attendance, string>> = {
  ru: {
    unknown: 'не отмечено',
    present: 'на уроке',
    absent: 'нет на уроке',
    late: 'опоздание',
    ill: 'болезнь',
    excused: 'уважительная причина',
    unexcused: 'без уважительной причины',
  },
  en: {
    unknown: 'not taken',
    present: 'present',
    absent: 'absent',
    late: 'late',
    ill: 'ill',
    excused: 'excused',
    unexcused: 'unexcused',
  },
}
