import type { WorkType } from 'shared/journal/kinds/set-column'
import type { Language } from './text'

/** As narrow as the head of a column in the journal. */
export const shortWorkNames: Record<Language, Record<WorkType, string>> = {
  ru: {
    answer: 'отв',
    homework: 'ДР',
    written: 'ПисР',
    practical: 'ПР',
    laboratory: 'ЛР',
    test: 'Тест',
    dictation: 'Дикт',
    essay: 'Соч',
    project: 'Проект',
    control: 'КР',
    cut: 'Срез',
    monitoring: 'Мон',
    external: 'ВД',
  },
  en: {
    answer: 'ans',
    homework: 'HW',
    written: 'Wr',
    practical: 'Pr',
    laboratory: 'Lab',
    test: 'Test',
    dictation: 'Dict',
    essay: 'Essay',
    project: 'Proj',
    control: 'CW',
    cut: 'Check',
    monitoring: 'Mon',
    external: 'Ext',
  },
}
