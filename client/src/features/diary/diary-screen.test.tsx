import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { lessonId } from 'shared/journal/ids'
import type { ProjectedSheet } from 'shared/journal/project'
import type { Json } from 'shared/plain/json'
import { mathLesson, salt } from 'shared/testing/small-school'
import type { OpenJournal } from '../../store/journal'
import { meOf, renderWithJournal, testJournal, type TestSchool } from '../../testing/test-journal'
import { DiaryScreen } from './diary-screen'
import { keepSeen, readSeen } from './seen'

const text = (words: string): Json => ({ text: words, salt })
const math = (date: string) => lessonId('m5', date, 2)
const evening = Date.parse('2026-09-16T15:40:00Z')

/** A lesson as a family's device holds it: values and versions, no heads. */
function bare(id: string, cells: Record<string, Json>, version = 1): ProjectedSheet {
  const projected = Object.fromEntries(
    Object.entries(cells).map(([cell, value]) => [cell, { value, version }]),
  )
  return { id, version, epoch: 'epoch1', cells: projected, own: {} }
}

const lesson = bare(mathLesson, {
  taken: true,
  topic: text('Сложение дробей'),
  'column:k1': { type: 'control', title: text('Дроби'), weight: 2 },
  'mark:answer:s1': '4',
  'mark:k1:s1': '5',
  'absence:s1': 'late',
  homework: { text: text('№ 13'), due: '2026-09-18' },
  'remark:s1:r': { to: 'family', text: text('Забыл тетрадь') },
})
const before = bare(math('2026-09-15'), { homework: { text: text('№ 12') }, 'mark:answer:s1': '3' })
const first = bare(lessonId('m1', '2026-09-16', 1), {
  taken: true,
  'absence:s9': 'absent',
  'reason:s9': 'ill',
  'mark:answer:s9': '5',
})

function opened(school: TestSchool = {}) {
  return testJournal({ me: 'g1', at: evening, sheets: [lesson, before, first], ...school })
}
async function shown(journal: OpenJournal = opened()) {
  await act(async () => renderWithJournal(<DiaryScreen />, journal))
  return { journal, user: userEvent.setup() }
}
const row = (subject: string) =>
  screen.getAllByRole('listitem').find((item) => within(item).queryByRole('heading', { name: subject })) ??
  document.body
const day = (name: RegExp) => screen.getByRole('button', { name })

beforeEach(() => localStorage.clear())

test('an only child is named, with the class, without a switcher', async () => {
  await shown(opened({ me: 'g2' }))
  expect(screen.getByText(/^Белкина Софья, 5А$|^Воронин Артём, 5А$/)).toBeVisible()
  expect(screen.queryByRole('group', { name: 'Чей дневник' })).not.toBeInTheDocument()
})

describe('the day of a child', () => {
  test('opens on today with the lessons in order, their hours, rooms and teachers', async () => {
    await shown()
    expect(screen.getByRole('heading', { level: 2, name: /Среда, 16 сентября/ })).toBeVisible()
    const subjects = screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent)
    expect(subjects).toEqual(['Английский язык', 'Математика'])
    expect(row('Математика')).toHaveTextContent('09:25–10:10 · каб. 204 · Орлова М. В.')
  })

  test('shows the homework to bring, the topic, what was set and for when, lateness and the remark', async () => {
    await shown()
    expect(row('Математика')).toHaveTextContent('К уроку: № 12 (задано 15 сентября)')
    expect(row('Математика')).toHaveTextContent('Тема: Сложение дробей')
    expect(row('Математика')).toHaveTextContent('Задано на пт, 18 сентября: № 13')
    expect(row('Математика')).toHaveTextContent('Опоздание')
    expect(row('Математика')).toHaveTextContent('Замечание: Забыл тетрадь')
  })

  test('a mark opens what it was for, with the mean of the subject, and closes again', async () => {
    const { user } = await shown()
    const mark = screen.getByRole('button', { name: '5, контрольная работа «Дроби»' })
    await user.click(mark)
    expect(
      screen.getByText('5, контрольная работа «Дроби» · вес 2 · ср, 16 сентября · Орлова М. В.'),
    ).toBeVisible()
    expect(screen.getByText('Средняя за период «1 четверть»: 4,00 (3 отметки)')).toBeVisible()
    await user.click(mark)
    expect(screen.queryByText(/Средняя/)).toBeNull()
  })

  test('a lesson that is over and empty is said to be empty, one to come is not', async () => {
    const { user } = await shown()
    expect(row('Английский язык')).toHaveTextContent('Урок ещё не заполнен')
    await user.click(day(/^четверг, 17 сентября/))
    expect(row('Английский язык')).not.toHaveTextContent('Урок ещё не заполнен')
  })

  test('a cancelled lesson is said to be cancelled, a substitute is named', async () => {
    const timetable = {
      'substitution:m5:2026-09-16:2': { teacher: null, cancelled: true, room: null },
      'substitution:e5a:2026-09-16:1': { teacher: 't4', cancelled: false, room: '101' },
    }
    await shown(opened({ changes: { 'timetable:c5a': timetable } }))
    expect(row('Математика')).toHaveTextContent('Урок отменён')
    expect(row('Английский язык')).toHaveTextContent('каб. 101 · 1 группа · Зуева О. П. (замена)')
  })
})

describe('DIA-13 two children', () => {
  test('ACC-19 each has a diary of their own, and grade 1 has no marks', async () => {
    const { user } = await shown()
    await user.click(screen.getByRole('button', { name: /Лиза, 1Б/ }))
    expect(screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent)).toEqual([
      'Математика',
    ])
    expect(row('Математика')).toHaveTextContent('Н · болезнь')
    expect(screen.queryByRole('button', { name: /^5/ })).toBeNull()
    expect(screen.queryByText('№ 12')).toBeNull()
  })

  test('a family with one child has no switcher', async () => {
    await shown(opened({ me: 'g2', sheets: [] }))
    expect(screen.queryByRole('group', { name: 'Чей дневник' })).toBeNull()
  })
})

describe('going from day to day', () => {
  test('arrows change the week, a day button the day, «Сегодня» comes back', async () => {
    const { user } = await shown()
    await user.click(screen.getByRole('button', { name: 'Предыдущая неделя' }))
    expect(screen.getByRole('heading', { level: 2, name: /Среда, 9 сентября/ })).toBeVisible()
    await user.click(day(/^понедельник, 7 сентября/))
    expect(day(/^понедельник, 7 сентября/)).toHaveAttribute('aria-current', 'date')
    await user.click(screen.getByRole('button', { name: 'Сегодня' }))
    expect(screen.getByRole('heading', { level: 2, name: /Среда, 16 сентября · сегодня/ })).toBeVisible()
  })

  test('on Sunday it opens on Monday, for its homework', async () => {
    await shown(opened({ at: Date.parse('2026-09-20T09:00:00Z') }))
    expect(screen.getByRole('heading', { level: 2, name: /Понедельник, 21 сентября/ })).toBeVisible()
  })

  test('a day without lessons says why', async () => {
    const { user } = await shown()
    await user.click(day(/^суббота, 19 сентября/))
    expect(screen.getByText('Выходной день')).toBeVisible()
  })

  test('the whole week lies open when asked', async () => {
    const { user } = await shown()
    await user.click(screen.getByRole('button', { name: 'Неделя' }))
    expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(6)
  })
})

describe('what is new since last time', () => {
  const later = bare(math('2026-09-17'), { 'mark:answer:s1': '2' }, 9)

  test('is on top at the next visit and leads to its day', async () => {
    keepSeen(meOf('g1'), 5)
    const { user } = await shown(
      opened({ sheets: [lesson, before, first, later], at: evening + 86_400_000 * 4 }),
    )
    const news = screen.getByRole('region', { name: /Новое с прошлого раза/ })
    expect(within(news).getAllByRole('listitem')).toHaveLength(1)
    await user.click(within(news).getByRole('button', { name: /Математика — 2, ответ на уроке/ }))
    expect(screen.getByRole('heading', { level: 2, name: /Четверг, 17 сентября/ })).toBeVisible()
  })

  test('is nothing at the very first visit, and the visit is remembered', async () => {
    await shown()
    expect(screen.queryByRole('region', { name: /Новое/ })).toBeNull()
    cleanup()
    expect(readSeen(meOf('g1'))).toBe(1)
  })

  test('a first visit before anything has come is no visit: the year is not news next time', async () => {
    await shown(opened({ sheets: [] }))
    cleanup()
    expect(readSeen(meOf('g1'))).toBeNull()
  })

  test('appears while the diary is open, and goes when read', async () => {
    keepSeen(meOf('g1'), 1)
    const { journal, user } = await shown()
    expect(screen.queryByRole('region', { name: /Новое/ })).toBeNull()
    act(() => journal.takeIn([later]))
    expect(screen.getByRole('region', { name: /Новое/ })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Прочитано' }))
    expect(screen.queryByRole('region', { name: /Новое/ })).toBeNull()
    expect(readSeen(meOf('g1'))).toBe(9)
  })

  test('what the device remembers of it names nobody', async () => {
    keepSeen(meOf('g1'), 5)
    await shown()
    cleanup()
    const kept = Array.from({ length: localStorage.length }, (_, at) => {
      const key = localStorage.key(at) ?? ''
      return `${key} ${localStorage.getItem(key)}`
    }).join('\n')
    expect(kept).toMatch(/zvonok-seen/)
    expect(kept).not.toMatch(/g1|s1|s9|Абрамов|journal-test/)
  })
})

describe('DIA-14 how fresh it is', () => {
  const tuesday = Date.parse('2026-09-15T13:05:00Z')
  const synced = (journal: OpenJournal, lastSync: number, state: 'idle' | 'offline') =>
    act(async () => {
      await journal.setMeta({ lastSync })
      journal.setSync({ state })
    })

  test('is always said; offline with the age', async () => {
    const { journal } = await shown()
    expect(screen.getByText('данных ещё нет')).toBeVisible()
    await synced(journal, evening, 'idle')
    expect(screen.getByText('обновлено 18:40')).toBeVisible()
    await synced(journal, tuesday, 'offline')
    expect(screen.getByText('без сети, данные от вт, 16:05')).toBeVisible()
  })

  test('somebody without children is told whom to ask', async () => {
    await shown(opened({ me: 't1', sheets: [] }))
    expect(screen.getByText(/не привязан ни один ученик/)).toBeVisible()
  })
})
