import { useState } from 'react'
import { dayLabel } from '../../text/dates'
import { diaryTexts } from '../../text/diary'
import { useText, type Language } from '../../text/text'
import { useLanguage } from '../../text/use-language'
import { attendanceWords, workOf } from './diary-words'
import './news-list.css'
import type { Diary } from './use-diary'
import type { NewsOfChild } from './use-news'

const shownAtFirst = 4

interface Props {
  news: readonly NewsOfChild[]
  diary: Diary
  onOpen: (news: NewsOfChild) => void
  onRead: () => void
}

/** What is new since last time, on top; a tap opens the day it belongs to. */
export function NewsList({ news, diary, onOpen, onRead }: Props) {
  const text = useText(diaryTexts)
  const language = useLanguage()
  const [all, setAll] = useState(false)
  if (news.length === 0) return null
  const shown = all || news.length <= shownAtFirst + 1 ? news : news.slice(0, shownAtFirst)
  const several = diary.children.length > 1
  return (
    <section className="diary-news" aria-labelledby="diary-news">
      <h2 id="diary-news">
        {text.news} <span className="diary-quiet">{news.length}</span>
      </h2>
      <ul>
        {shown.map((one) => (
          <li key={keyOf(one)}>
            <button type="button" onClick={() => onOpen(one)}>
              <span>
                {several && `${diary.children.find(({ id }) => id === one.child)?.name.first ?? ''}: `}
                {diary.directory.sections.get(one.lesson.section)?.name} —{' '}
                <strong>{wordsOf(one, language)}</strong>
              </span>
              <span className="diary-quiet">{dayLabel(one.lesson.date, language)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="diary-news-foot">
        <button type="button" className="ui-button ui-button-quiet" onClick={onRead}>
          {text.newsRead}
        </button>
        {shown.length < news.length && (
          <button type="button" className="ui-button ui-button-quiet" onClick={() => setAll(true)}>
            {text.newsMore(news.length - shown.length)}
          </button>
        )}
      </div>
    </section>
  )
}

function keyOf(one: NewsOfChild): string {
  const part = one.is === 'mark' ? one.mark.column : one.is === 'remark' ? one.remark.id : ''
  return `${one.child} ${one.lesson.id} ${one.is} ${part}`
}

function wordsOf(one: NewsOfChild, language: Language): string {
  const text = diaryTexts[language]
  switch (one.is) {
    case 'mark':
      return text.markFor(one.mark.value, workOf(one.mark, language))
    case 'attendance':
      return attendanceWords(one.absence, one.reason, language) ?? ''
    case 'remark':
      return text.newsRemark
    case 'homework':
      return text.newsHomework(dayLabel(one.homework.due ?? one.homework.set, language))
  }
}
