import type { Absence, Reason } from 'shared/journal/kinds/set-attendance'
import type { WorkType } from 'shared/journal/kinds/set-column'
import type { Language } from './text'

/** What a mark can be for (LES-07). */
export const workNames: Record<Language, Record<WorkType, string>> = {
  ru: {
    answer: 'ответ на уроке',
    homework: 'домашняя работа',
    written: 'письменная работа',
    practical: 'практическая работа',
    laboratory: 'лабораторная работа',
    test: 'тест',
    dictation: 'диктант',
    essay: 'сочинение',
    project: 'проект',
    control: 'контрольная работа',
    cut: 'срезовая работа',
    monitoring: 'мониторинговая работа',
    external: 'внешняя диагностика',
  },
  en: {
    answer: 'answer in class',
    homework: 'homework',
    written: 'written work',
    practical: 'practical work',
    laboratory: 'laboratory work',
    test: 'test',
    dictation: 'dictation',
    essay: 'essay',
    project: 'project',
    control: 'control work',
    cut: 'progress check',
    monitoring: 'monitoring work',
    external: 'external assessment',
  },
}

export const absenceNames: Record<Language, Record<NonNullable<Absence>, string>> = {
  ru: { present: 'присутствует', absent: 'отсутствует', late: 'опоздание' },
  en: { present: 'present', absent: 'absent', late: 'late' },
}

export const reasonNames: Record<Language, Record<NonNullable<Reason>, string>> = {
  ru: { ill: 'болезнь', excused: 'уважительная причина', unexcused: 'без уважительной причины' },
  en: { ill: 'illness', excused: 'excused', unexcused: 'unexcused' },
}
