import { textIn } from 'shared/diary/homework-due'
import type { Absence, Reason } from 'shared/journal/kinds/set-attendance'
import { answer, answerColumn, type Column } from 'shared/journal/kinds/set-column'
import type { Homework } from 'shared/journal/kinds/set-homework'
import type { Remark } from 'shared/journal/kinds/set-remark'
import type { Directory } from 'shared/people/directory'
import { shortName } from 'shared/people/names'
import type { Json } from 'shared/plain/json'
import { dayLabel } from '../../text/dates'
import { entryTexts } from '../../text/entries'
import { absenceNames, reasonNames, workNames } from '../../text/school-words'
import type { Language } from '../../text/text'

/** What words are made from. `cells` are those of the sheet: a mark is named after its work column. */
export interface Wording {
  directory: Directory
  language: Language
  cells: Readonly<Record<string, { value: Json }>>
}

/** Whose cell it is, or what of the lesson: «Абрамов Кирилл», «тема». */
export function describeCell(cell: string, { directory, language, cells }: Wording): string {
  const text = entryTexts[language]
  const [name = '', second = '', third = ''] = cell.split(':')
  switch (name) {
    case 'mark': {
      const work = second === answerColumn ? '' : `, ${workLabel(columnIn(second, cells), language)}`
      return `${studentName(third, directory, language)}${work}`
    }
    case 'absence':
    case 'remark':
      return studentName(second, directory, language)
    case 'reason':
      return `${studentName(second, directory, language)}, ${text.reason}`
    case 'topic':
      return text.topic
    case 'homework':
      return text.homework
    case 'column':
      return text.work
    default:
      return ''
  }
}

/** The value of a cell in words: «5», «опоздание», ««Дроби»». */
export function describeValue(cell: string, value: Json, language: Language): string {
  const text = entryTexts[language]
  switch (cell.split(':')[0]) {
    case 'taken':
      return value === true ? text.taken : text.notTaken
    case 'mark':
      return typeof value === 'string' ? value : text.noMark
    case 'absence':
      return value === null ? text.asTaken : absenceNames[language][value as NonNullable<Absence>]
    case 'reason':
      return value === null ? text.noReason : reasonNames[language][value as NonNullable<Reason>]
    case 'topic':
      return value === null ? text.empty : quote(value, language)
    case 'homework':
      return describeHomework(value as Homework | null, language)
    case 'column':
      return value === null ? text.removed : workLabel(value as Column, language)
    case 'remark': {
      const remark = value as Remark | null
      return remark ? `${text.remarkTo[remark.to]} ${quote(remark.text, language)}` : text.noRemark
    }
    default:
      return ''
  }
}

/** «контрольная работа «Дроби»» */
export function workLabel(column: Column, language: Language): string {
  const title = textIn(column.title)
  const name = workNames[language][column.type]
  return title ? `${name} ${entryTexts[language].quoted(title)}` : name
}

function describeHomework(homework: Homework | null, language: Language): string {
  const text = entryTexts[language]
  if (!homework) return text.empty
  if ('none' in homework) return text.noHomework
  const due = homework.due ? `, ${text.dueOn(dayLabel(homework.due, language))}` : ''
  return `${quote(homework.text, language)}${due}`
}

function quote(value: Json, language: Language): string {
  const text = textIn(value)
  return text === null ? entryTexts[language].erased : entryTexts[language].quoted(text)
}

function columnIn(id: string, cells: Wording['cells']): Column {
  return (cells[`column:${id}`]?.value as Column | null | undefined) ?? answer
}

function studentName(id: string, directory: Directory, language: Language): string {
  const student = directory.students.get(id)
  return student ? shortName(student.name) : entryTexts[language].unknownStudent
}
