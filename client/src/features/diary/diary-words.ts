import type { DiaryMark } from 'shared/diary/diary-lesson'
import type { Absence, Reason } from 'shared/journal/kinds/set-attendance'
import type { Lesson } from 'shared/calendar/lessons'
import { assigneeOf } from 'shared/calendar/lessons'
import type { Directory, Student } from 'shared/people/directory'
import { initialsName } from 'shared/people/names'
import { diaryTexts } from '../../text/diary'
import { reasonNames, workNames } from '../../text/school-words'
import type { Language } from '../../text/text'

/** «контрольная работа «Дроби»» */
export function workOf({ type, title }: Pick<DiaryMark, 'type' | 'title'>, language: Language): string {
  const name = workNames[language][type]
  if (!title) return name
  return language === 'ru' ? `${name} «${title}»` : `${name} “${title}”`
}

/** «Н · болезнь», «Опоздание»; null where there is nothing to say. */
export function attendanceWords(absence: Absence, reason: Reason, language: Language): string | null {
  const text = diaryTexts[language]
  if (absence === 'late') return text.late
  if (absence !== 'absent') return null
  return `${text.away} · ${reason ? reasonNames[language][reason] : text.awayWord}`
}

/** «Дорохов И. А.», a substitute named as one. */
export function teacherOf(lesson: Lesson, directory: Directory, language: Language): string {
  const member = directory.staff.get(assigneeOf(lesson) ?? '')
  if (!member) return ''
  // Initials stay on the line of their surname.
  const name = initialsName(member.name).replaceAll(' ', '\u00A0')
  return lesson.substitute ? `${name} (${diaryTexts[language].substitute})` : name
}

/** «АК» */
export function initialsOf({ name }: Student): string {
  return `${name.last.charAt(0)}${name.first.charAt(0)}`
}
