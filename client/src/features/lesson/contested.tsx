import type { WorkColumn } from 'shared/journal/columns'
import { chooseDraft } from 'shared/journal/again'
import type { ShownSheet } from 'shared/journal/overlay'
import { isJsonObject, type Json } from 'shared/plain/json'
import type { Edit } from '../../store/use-edit'
import { useJournal } from '../../store/use-journal'
import { lessonTexts } from '../../text/lesson'
import { absenceNames, reasonNames, workNames } from '../../text/school-words'
import { useText } from '../../text/text'
import './contested.css'
import { contestedCells } from './roster-rows'

interface Props {
  sheet: ShownSheet
  columns: readonly WorkColumn[]
  names: ReadonlyMap<string, string>
  edit: Edit
}

/** Cells where two values stand and somebody has to say which is right (C5): one tap on the right one. */
export function Contested({ sheet, columns, names, edit }: Props) {
  const { me } = useJournal()
  const text = useText(lessonTexts)
  const describe = useCellWords(columns, names)
  const cells = contestedCells(sheet, me.person)
  if (cells.length === 0) return null
  return (
    <section className="lesson-contested" aria-label={text.contested}>
      <p>{text.contested}</p>
      <ul>
        {cells.map(({ cell, values }) => (
          <li key={cell} className="ui-row">
            <span>{describe.cell(cell)}:</span>
            {values.map((value) => (
              <button
                key={JSON.stringify(value)}
                type="button"
                className="ui-button"
                onClick={() => edit.write(chooseDraft(sheet.id, cell, value), text.chosen)}
              >
                {describe.value(cell, value)}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function useCellWords(columns: readonly WorkColumn[], names: ReadonlyMap<string, string>) {
  const text = useText(lessonTexts)
  const works = useText(workNames)
  const absences = useText(absenceNames)
  const reasons = useText(reasonNames)
  const workOf = (id: string) => {
    const column = columns.find((candidate) => candidate.id === id)
    return column ? (column.title?.text ?? works[column.type]) : text.works
  }
  return {
    cell(cell: string): string {
      const [kind = '', second = '', third = ''] = cell.split(':')
      switch (kind) {
        case 'topic':
          return text.cellTopic
        case 'homework':
          return text.homework
        case 'taken':
          return text.cellTaken
        case 'mark':
          return `${names.get(third) ?? third}, ${workOf(second)}`
        case 'reason':
          return text.cellReason(names.get(second) ?? second)
        case 'column':
          return workOf(second)
        default:
          return names.get(second) ?? second
      }
    },
    value(cell: string, value: Json): string {
      if (value === null) return text.empty
      if (value === true) return text.yes
      if (typeof value === 'string') {
        if (cell.startsWith('absence:')) return absences[value as keyof typeof absences]
        return cell.startsWith('reason:') ? reasons[value as keyof typeof reasons] : value
      }
      if (isJsonObject(value) && value.none === true) return text.noHomework
      const type = isJsonObject(value) ? (value.type as WorkColumn['type'] | undefined) : undefined
      return wordsIn(value) ?? (type ? works[type] : text.empty)
    },
  }
}

/** The text of a topic, a remark, homework, or the title of a work. */
function wordsIn(value: Json | undefined): string | null {
  if (typeof value === 'string') return value
  return isJsonObject(value) ? (wordsIn(value.text) ?? wordsIn(value.title)) : null
}
