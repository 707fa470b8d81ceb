import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { salt } from 'shared/testing/small-school'
import { duringMathLesson, renderWithJournal, testJournal } from '../../testing/test-journal'
import { TodayScreen } from './today-screen'
import { WeekScreen } from './week-screen'

const day = 86_400_000
const filled = {
  taken: true,
  topic: { text: 'Дроби', salt },
  homework: { text: { text: '№ 312', salt } },
}
const everyDay = [
  '2026-09-01',
  '2026-09-02',
  '2026-09-03',
  '2026-09-04',
  '2026-09-07',
  '2026-09-08',
  '2026-09-09',
]
const before = Object.fromEntries(
  [...everyDay, '2026-09-10', '2026-09-11'].map((date) => [`lesson:m5:${date}:2`, filled]),
)
const card = (name: RegExp) => screen.getByRole('link', { name })

test('the lesson going on stands open with what it lacks and until when', () => {
  renderWithJournal(<TodayScreen />)
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Сегодня, среда, 16 сентября')
  const now = card(/2-й урок.*5А Математика.*идёт сейчас/)
  expect(now).toHaveAttribute('aria-current', 'time')
  expect(now).toHaveAttribute('href', '/lesson/lesson%3Am5%3A2026-09-16%3A2')
  expect(now).toHaveTextContent('09:25–10:10')
  expect(now).toHaveTextContent('каб. 204')
  for (const lack of ['нет темы', 'не отмечено', 'нет ДЗ', 'до 24:00']) expect(now).toHaveTextContent(lack)
})

test('what is put in is asked for no more, without the network too', async () => {
  const { journal } = renderWithJournal(<TodayScreen />)
  await act(async () => {
    await journal.write({
      sheet: 'lesson:m5:2026-09-16:2',
      kind: 'take-attendance',
      set: [{ cell: 'taken', value: true }],
    })
  })
  expect(card(/идёт сейчас/)).not.toHaveTextContent('не отмечено')
  expect(card(/идёт сейчас/)).toHaveTextContent('нет темы')
})

test('yesterday’s debts stand above, folded, since the first of them (DDL-11)', async () => {
  renderWithJournal(<TodayScreen />, testJournal({ sheets: before }))
  const summary = screen.getByText('Не заполнено с 14 сентября: 2 урока')
  const debts = summary.closest('details')
  expect(debts).not.toHaveAttribute('open')
  await userEvent.click(summary)
  expect(within(debts!).getAllByRole('link', { name: /нет темы.*срок прошёл/ })).toHaveLength(2)
})

test('no debts, no list of them', () => {
  const sheets = { ...before, 'lesson:m5:2026-09-14:2': filled, 'lesson:m5:2026-09-15:2': filled }
  renderWithJournal(<TodayScreen />, testJournal({ sheets }))
  expect(screen.queryByText(/Не заполнено/)).not.toBeInTheDocument()
})

test('TIM-05 a substitution given to me is marked; the lesson given away is crossed out and lacks nothing', () => {
  const changes = {
    'timetable:c5a': { 'substitution:m5:2026-09-16:2': { teacher: 't3', cancelled: false, room: '301' } },
  }
  const { unmount } = renderWithJournal(<TodayScreen />, testJournal({ me: 't3', changes }))
  expect(card(/^2-й урок.*5А Математика/)).toHaveTextContent('замена, по расписанию — Орлова М. В.')
  expect(card(/^2-й урок.*5А Математика/)).toHaveTextContent('каб. 301')
  unmount()
  renderWithJournal(<TodayScreen />, testJournal({ changes }))
  expect(card(/^2-й урок.*5А Математика/)).toHaveTextContent('ведёт Дорохов И. А.')
  expect(card(/^2-й урок.*5А Математика/)).not.toHaveTextContent('нет темы')
})

test('a lesson to come lacks nothing yet; in the break the next one stands open', () => {
  renderWithJournal(<TodayScreen />, testJournal({ at: Date.parse('2026-09-16T05:00:00Z') }))
  expect(card(/5А Математика.*следующий/)).not.toHaveTextContent('нет темы')
})

test('arrows lead to other days and back, a day without lessons to the next that has some', async () => {
  const friday = testJournal({ at: duringMathLesson + 2 * day })
  renderWithJournal(<TodayScreen />, friday)
  await userEvent.click(screen.getByRole('button', { name: 'Следующий день' }))
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('суббота, 19 сентября')
  await userEvent.click(screen.getByRole('button', { name: 'Ближайшие уроки: пн, 21 сентября' }))
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('понедельник, 21 сентября')
  await userEvent.click(screen.getByRole('button', { name: 'К сегодняшнему дню' }))
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Сегодня, пятница, 18 сентября')
})

test('journals: own for a teacher, the class’s for its homeroom teacher, every one for a deputy (ACC-13 … ACC-16)', () => {
  const links = (me: string) => {
    const { unmount } = renderWithJournal(<TodayScreen />, testJournal({ me }))
    const hrefs = [...document.querySelectorAll('nav[aria-label="Журналы"] a')].map((a) =>
      a.getAttribute('href'),
    )
    unmount()
    return hrefs
  }
  expect(links('t1')).toEqual(['/journal/m5'])
  expect(links('t2')).toEqual(['/journal/e5a', '/journal/e5b', '/journal/m5'])
  expect(links('d1')).toEqual(['/journal/m1', '/journal/e5a', '/journal/e5b', '/journal/m5'])
})

test('whoever has neither lessons nor journals is told what will be here; a deputy has journals', () => {
  const said = 'Здесь появятся уроки и журналы, которые школа вам поручит.'
  const { unmount } = renderWithJournal(<TodayScreen />, testJournal({ me: 'a1' }))
  expect(screen.getByText(said)).toBeVisible()
  unmount()
  renderWithJournal(<TodayScreen />, testJournal({ me: 'd1' }))
  expect(screen.queryByText(said)).not.toBeInTheDocument()
})

test('the week is a grid that shows what is filled in', async () => {
  renderWithJournal(<WeekScreen />, testJournal({ sheets: { 'lesson:m5:2026-09-14:2': filled } }))
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('14 – 20 сентября')
  const row = within(screen.getByRole('row', { name: /^2/ })).getAllByRole('link')
  expect(row.map((link) => link.textContent)).toEqual([
    '5А Матем.✓ заполнено',
    '5А Матем.! не отмечено, нет темы, нет ДЗ',
    '5А Матем.! не отмечено, нет темы, нет ДЗ',
    '5А Матем.',
    '5А Матем.',
  ])
  await userEvent.click(screen.getByRole('button', { name: 'Следующая неделя' }))
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('21 – 27 сентября')
})
