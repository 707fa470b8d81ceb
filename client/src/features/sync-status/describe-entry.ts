import type { OwnValues } from 'shared/journal/again'
import type { Entry } from 'shared/journal/entry'
import { addressOf } from 'shared/journal/ids'
import { initialsName } from 'shared/people/names'
import { dayLabel } from '../../text/dates'
import { entryTexts } from '../../text/entries'
import { describeCell, describeValue, type Wording } from './describe-value'

/** Words of a list are short: a class filled at once is not thirty lines. */
const mostShown = 3

/**
 * Where an entry was made, in words.
 * @example 5А, математика, ср, 16 сентября, урок 2
 */
export function describePlace(
  sheet: string,
  { directory, language }: Pick<Wording, 'directory' | 'language'>,
): string {
  const text = entryTexts[language]
  const address = addressOf(sheet)
  if (!address) return text.unknownLesson
  if (address.type !== 'lesson') {
    const ofClass = 'class' in address ? directory.classes.get(address.class)?.name : undefined
    return ofClass ? `${text.sheets[address.type]} ${ofClass}` : text.sheets[address.type]
  }
  const section = directory.sections.get(address.section)
  const schoolClass = section && directory.classes.get(section.class)
  const place =
    section && schoolClass
      ? [schoolClass.name, inSentence(section.name), section.group]
      : [text.unknownLesson]
  return [...place, dayLabel(address.date, language), text.slot(address.slot)].filter(Boolean).join(', ')
}

/**
 * What an entry set, in words, one line a cell; what is too much for a list is counted.
 * @example ['Абрамов Кирилл — 5']
 */
export function describeChanges(entry: Pick<OwnValues, 'kind' | 'changes'>, wording: Wording): string[] {
  const text = entryTexts[wording.language]
  if (entry.kind === 'keep-directory') return [text.directoryCells(entry.changes.length)]
  // «Все присутствуют» clears thirty absences: said in two words, as the teacher said it.
  const takes = entry.changes.some(({ cell, value }) => cell === 'taken' && value === true)
  const clears = entry.changes.every(
    ({ cell, value }) => cell === 'taken' || (cell.startsWith('absence:') && value === null),
  )
  if (entry.kind === 'take-attendance' && takes && clears) return [text.allPresent]
  const lines = entry.changes.map(({ cell, value }) => describeChange(cell, value, wording))
  const prefix =
    entry.kind === 'undo' ? `${text.undone}: ` : entry.kind === 'choose' ? `${text.chosen}: ` : ''
  const shown = lines.slice(0, lines.length > mostShown + 1 ? mostShown : lines.length)
  const rest = lines.length - shown.length
  return [...shown.map((line) => `${prefix}${line}`), ...(rest > 0 ? [text.andMore(rest)] : [])]
}

function describeChange(
  cell: string,
  value: OwnValues['changes'][number]['value'],
  wording: Wording,
): string {
  const subject = describeCell(cell, wording)
  const said = describeValue(cell, value, wording.language)
  if (!subject) return said
  return /^(mark|absence|remark):/.test(cell) ? `${subject} — ${said}` : `${subject}: ${said}`
}

// «Математика» stands inside a sentence, «ОБЗР» stays as it is.
function inSentence(name: string): string {
  const second = name.charAt(1)
  return second !== second.toLowerCase() ? name : name.charAt(0).toLowerCase() + name.slice(1)
}

/** Who made it, as a journal names a teacher. */
export function describeAuthor(
  person: string,
  { directory, language }: Pick<Wording, 'directory' | 'language'>,
): string {
  const member = directory.staff.get(person)
  return member ? initialsName(member.name) : entryTexts[language].unknownPerson
}

/** The whole entry in one line, for a file or a screen reader. */
export function describeEntry(entry: Entry, wording: Wording): string {
  return `${describePlace(entry.sheet, wording)}: ${describeChanges(entry, wording).join('; ')}`
}
