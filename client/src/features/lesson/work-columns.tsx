import { useState } from 'react'
import type { WorkColumn } from 'shared/journal/columns'
import { setColumn } from 'shared/journal/lesson-drafts'
import { answerColumn, workTypes, type Column, type WorkType } from 'shared/journal/kinds/set-column'
import { newSalt } from '../../store/salt'
import type { Edit } from '../../store/use-edit'
import { editTexts } from '../../text/edit'
import { lessonTexts } from '../../text/lesson'
import { workNames } from '../../text/school-words'
import { useText } from '../../text/text'
import { KeptField } from '../../ui/kept-field'
import { Panel } from '../../ui/panel'
import { newCellId } from './new-cell-id'

interface Props {
  lesson: string
  columns: readonly WorkColumn[]
  /** The column being filled. */
  active: string | null
  onActive: (column: string) => void
  mayEdit: boolean
  edit: Edit
}

/** What the marks of this lesson are for: which work is being filled, adding one, changing it (LES-07). */
export function WorkColumns({ lesson, columns, active, onActive, mayEdit, edit }: Props) {
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  const names = useText(workNames)
  const [open, setOpen] = useState<'add' | 'edit' | null>(null)
  const current = columns.find(({ id }) => id === active)
  const add = (type: WorkType) => {
    const id = newCellId('w')
    if (edit.write(setColumn(lesson, id, { type, title: null, weight: 1 }), text.workAdded(names[type]))) {
      onActive(id)
      setOpen('edit')
    }
  }
  return (
    <fieldset className="lesson-works">
      <legend>{text.works}</legend>
      {columns.map((column) => (
        <button
          key={column.id}
          type="button"
          className="ui-button"
          aria-pressed={column.id === active}
          onClick={() => onActive(column.id)}
        >
          {titleOf(column, names)}
        </button>
      ))}
      {mayEdit && current && (
        <button
          type="button"
          className="ui-button ui-button-quiet"
          aria-label={text.editWork(titleOf(current, names))}
          onClick={() => setOpen('edit')}
        >
          ✎
        </button>
      )}
      {mayEdit && (
        <button type="button" className="ui-button ui-button-quiet" onClick={() => setOpen('add')}>
          <span aria-hidden="true">+</span> {text.addWork}
        </button>
      )}
      {open === 'add' && (
        <Panel title={text.addWorkTitle} closeLabel={said.close} onClose={() => setOpen(null)} menu>
          <div className="lesson-choices">
            {workTypes.map((type) => (
              <button key={type} type="button" className="ui-button" onClick={() => add(type)}>
                {names[type]}
              </button>
            ))}
          </div>
        </Panel>
      )}
      {open === 'edit' && current && (
        <EditColumn
          key={current.id}
          lesson={lesson}
          column={current}
          edit={edit}
          onClose={() => setOpen(null)}
        />
      )}
    </fieldset>
  )
}

function EditColumn(props: { lesson: string; column: WorkColumn; edit: Edit; onClose: () => void }) {
  const { lesson, column, edit, onClose } = props
  const { id, ...content } = column
  const text = useText(lessonTexts)
  const said = useText(editTexts)
  const names = useText(workNames)
  const change = (changed: Partial<Column>) =>
    edit.write(setColumn(lesson, id, { ...content, ...changed }), text.workChanged)
  return (
    <Panel title={titleOf(column, names)} closeLabel={said.close} onClose={onClose} menu>
      <KeptField
        label={text.workTitle}
        value={column.title?.text ?? ''}
        maxLength={120}
        elsewhere={{ note: said.fieldChanged, take: said.fieldTake }}
        onKeep={(title) => change({ title: title ? { text: title, salt: newSalt() } : null })}
      />
      <div className="ui-row">
        <label className="ui-row">
          <span>{text.workType}</span>
          <select
            className="ui-select"
            value={column.type}
            onChange={(event) => change({ type: event.target.value as WorkType })}
          >
            {workTypes.map((type) => (
              <option key={type} value={type}>
                {names[type]}
              </option>
            ))}
          </select>
        </label>
        <label className="ui-row">
          <span>{text.workWeight}</span>
          <select
            className="ui-select"
            value={column.weight}
            onChange={(event) => change({ weight: Number(event.target.value) })}
          >
            {[...new Set([0.5, 1, 1.5, 2, 3, column.weight])]
              .sort((a, b) => a - b)
              .map((weight) => (
                <option key={weight}>{weight}</option>
              ))}
          </select>
        </label>
        {id !== answerColumn && (
          <button
            type="button"
            className="ui-button"
            onClick={() => {
              edit.write(setColumn(lesson, id, null), text.workRemoved(titleOf(column, names)))
              onClose()
            }}
          >
            {text.removeWork}
          </button>
        )}
      </div>
    </Panel>
  )
}

/** «Контрольная работа: Дроби» */
function titleOf({ type, title }: Column, names: Record<WorkType, string>): string {
  const name = names[type].charAt(0).toUpperCase() + names[type].slice(1)
  return title ? `${name}: ${title.text}` : name
}
