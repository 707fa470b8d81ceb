import { useMemo } from 'react'
import type { DiaryMark } from 'shared/diary/diary-lesson'
import { subjectMean } from 'shared/diary/subject-mean'
import type { Lesson } from 'shared/calendar/lessons'
import { dayLabel } from '../../text/dates'
import { diaryTexts } from '../../text/diary'
import { meanLabel } from '../../text/numbers'
import { useText } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import { teacherOf, workOf } from './diary-words'
import type { Diary } from './use-diary'

interface Props {
  id: string
  child: string
  lesson: Lesson
  mark: DiaryMark
  diary: Diary
}

/** What a mark is for: the work, the day, the teacher, and the mean of the subject (DIA-01). */
export function MarkDetails({ id, child, lesson, mark, diary }: Props) {
  const text = useText(diaryTexts)
  const language = useLanguage()
  const { lessons, directory, read } = diary
  const mean = useMemo(
    () => subjectMean(child, lesson, lessons.get(child) ?? [], directory, read),
    [child, lesson, lessons, directory, read],
  )
  const facts = [
    text.markFor(mark.value, workOf(mark, language)),
    mark.weight === 1 ? '' : text.weight(mark.weight),
    dayLabel(lesson.date, language),
    teacherOf(lesson, directory, language),
  ].filter(Boolean)
  return (
    <div id={id} className="diary-mark-details">
      <p>{facts.join(' · ')}</p>
      {mean && <p>{text.mean(meanLabel(mean.mean, language), mean.term.name, mean.count)}</p>}
    </div>
  )
}
