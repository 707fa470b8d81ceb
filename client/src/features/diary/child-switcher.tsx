import type { Student } from 'shared/people/directory'
import { useDirectory } from '../../store/use-journal'
import { diaryTexts } from '../../text/diary'
import { useText } from '../../text/text'
import './child-switcher.css'
import { initialsOf } from './diary-words'

interface Props {
  students: readonly Student[]
  chosen: string
  /** How much is new for a child. */
  newsOf: (child: string) => number
  onChoose: (child: string) => void
}

/** Each child apart, by initials and first name (DIA-13). */
export function ChildSwitcher({ students, chosen, newsOf, onChoose }: Props) {
  const text = useText(diaryTexts)
  const directory = useDirectory()
  return (
    <fieldset className="diary-children">
      <legend className="visually-hidden">{text.children}</legend>
      {students.map((student) => {
        const news = newsOf(student.id)
        return (
          <button
            key={student.id}
            type="button"
            className="diary-child"
            aria-pressed={student.id === chosen}
            onClick={() => onChoose(student.id)}
          >
            <span className="diary-face" aria-hidden="true">
              {initialsOf(student)}
            </span>
            <span>
              {student.name.first || student.name.last}, {directory.classes.get(student.class)?.name}
            </span>
            {news > 0 && <span className="diary-child-news">{news}</span>}
          </button>
        )
      })}
    </fieldset>
  )
}
