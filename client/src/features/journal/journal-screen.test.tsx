import { act, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { lessonId } from 'shared/journal/ids'
import { hashOf } from 'shared/plain/hash'
import { mathLesson, salt } from 'shared/testing/small-school'
import { duringMathLesson, pulledSheet, renderWithJournal, testJournal } from '../../testing/test-journal'
import { JournalScreen } from './journal-screen'

const lesson = (day: string) => lessonId('m5', day, 2)
const valueIn = (journal: ReturnType<typeof testJournal>, cell: string, sheet = mathLesson) =>
  journal.sheet(sheet).cells[cell]?.value ?? null
const row = (name: RegExp) => screen.getByRole('row', { name })
const dates = () => screen.getAllByRole('columnheader', { name: /сентября|октября/ })
/** The cell of a student on a day, in a lesson's column. */
function cellOf(name: RegExp, day: RegExp): HTMLElement {
  const at = dates().findIndex(
    (head) =>
      day.test(head.textContent ?? '') || day.test(head.querySelector('a')?.getAttribute('aria-label') ?? ''),
  )
  return within(row(name)).getAllByRole('cell')[at]!
}
const today = (name: RegExp) => cellOf(name, /16 сентября/)

test('names down, the dates of the term across by month, today’s column in front (TIM-01)', () => {
  renderWithJournal(<JournalScreen section="m5" />)
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('5А · Математика')
  expect(screen.getByRole('columnheader', { name: 'сентябрь' })).toBeVisible()
  expect(screen.getByRole('columnheader', { name: 'октябрь' })).toBeVisible()
  expect(dates()).toHaveLength(39)
  expect(
    screen
      .getAllByRole('rowheader')
      .map((head) => head.textContent)
      .slice(0, 3),
  ).toEqual(['1 Абрамов Кирилл', '2 Белкина Софья', '3 Воронин Артём'])
  expect(today(/Абрамов/)).toHaveClass('journal-today')
  expect(today(/Абрамов/)).toHaveAttribute('tabindex', '0')
  expect(document.querySelectorAll('td[tabindex="0"]')).toHaveLength(1)
})

test('typing fills a column: a mark, Enter, the next; н and о beside it', async () => {
  const { journal } = renderWithJournal(<JournalScreen section="m5" />)
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('5{Enter}4{Enter}н')
  expect(valueIn(journal, 'mark:answer:s1')).toBe('5')
  expect(valueIn(journal, 'mark:answer:s2')).toBe('4')
  expect(valueIn(journal, 'absence:s3')).toBe('absent')
  expect(today(/Абрамов/)).toHaveTextContent('5')
  expect(today(/Абрамов/)).toHaveClass('ui-dot')
  expect(today(/Воронин/)).toHaveTextContent('Н')
  expect(today(/Воронин/)).toHaveFocus()
})

test('arrows, Home and End walk the grid and stop at its edges; one cell is in the order of Tab', async () => {
  renderWithJournal(<JournalScreen section="m5" />)
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('{ArrowUp}{ArrowLeft}')
  expect(cellOf(/Абрамов/, /15 сентября/)).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Home}')
  expect(cellOf(/Воронин/, /вт, 1 сентября/)).toHaveFocus()
  await userEvent.keyboard('{End}')
  expect(cellOf(/Воронин/, /23 октября/)).toHaveFocus()
  expect(document.querySelectorAll('td[tabindex="0"]')).toHaveLength(1)
})

test('Delete takes the mark away, then the absence; Ctrl+Z brings back what was last', async () => {
  const { journal } = renderWithJournal(<JournalScreen section="m5" />)
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('5н{Delete}')
  expect(valueIn(journal, 'mark:answer:s1')).toBeNull()
  expect(valueIn(journal, 'absence:s1')).toBe('absent')
  await userEvent.keyboard('{Delete}')
  expect(valueIn(journal, 'absence:s1')).toBeNull()
  fireEvent.keyDown(today(/Абрамов/), { key: 'я', code: 'KeyZ', ctrlKey: true })
  expect(await screen.findByText('Отменено')).toBeVisible()
  expect(valueIn(journal, 'absence:s1')).toBe('absent')
})

test('LES-15 a mark off the scale is refused with a sentence, a stray key too; nothing is written', async () => {
  const { journal } = renderWithJournal(<JournalScreen section="m5" />)
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('7')
  expect(screen.getByText('Не принято: такой отметки нет в шкале школы')).toBeVisible()
  await userEvent.keyboard('ц')
  expect(screen.getByText(/Такого здесь не ставят. Отметки: 2, 3, 4, 5/)).toBeVisible()
  expect(journal.own()).toEqual([])
})

test('LES-11 grade 1 has attendance and topics, no marks, no means, no homework', async () => {
  const { journal } = renderWithJournal(<JournalScreen section="m1" />, testJournal({ me: 't5' }))
  expect(screen.queryByRole('columnheader', { name: 'Средняя' })).not.toBeInTheDocument()
  expect(screen.queryByRole('columnheader', { name: 'Домашнее задание' })).not.toBeInTheDocument()
  act(() => today(/Абрамова Лиза/).focus())
  await userEvent.keyboard('5')
  expect(screen.getByText('Не принято: в 1 классе отметок не ставят')).toBeVisible()
  await userEvent.keyboard('б')
  expect(valueIn(journal, 'reason:s9', 'lesson:m1:2026-09-16:1')).toBe('ill')
  expect(journal.own()).toHaveLength(1)
})

test('the mean is of what holds: what waits for a deputy is left out (A2)', async () => {
  const journal = testJournal({
    sheets: {
      [lesson('2026-09-14')]: { 'mark:answer:s1': '5' },
      [lesson('2026-09-15')]: { 'mark:answer:s1': '4' },
    },
  })
  const mean = () => row(/Абрамов/).querySelector('.journal-mean')
  renderWithJournal(<JournalScreen section="m5" />, journal)
  expect(mean()).toHaveTextContent('4,50')
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('2')
  expect(mean()).toHaveTextContent('3,67')
  const [own] = journal.own()
  const pulled = pulledSheet(mathLesson, {})
  pulled.own[own!.entry.id] = { is: 'waiting', for: 'deputy', why: 'late' }
  act(() => journal.takeIn([pulled]))
  expect(mean()).toHaveTextContent('4,50')
  expect(today(/Абрамов/)).toHaveTextContent('2')
  expect(today(/Абрамов/)).toHaveClass('ui-hatched')
  expect(today(/Абрамов/)).toHaveAccessibleDescription(/Ждёт решения завуча: сделана после срока/)
})

test('a work beside the answer has a column of its own, named in the head (LES-07)', async () => {
  const sheets = {
    [mathLesson]: {
      'column:w1': { type: 'control', title: { text: 'Дроби', salt }, weight: 1 },
      'mark:answer:s1': '5',
      'mark:w1:s1': '3',
    },
  }
  renderWithJournal(<JournalScreen section="m5" />, testJournal({ sheets }))
  expect(screen.getByRole('columnheader', { name: 'КР' })).toBeVisible()
  expect(screen.getByRole('columnheader', { name: 'отв' })).toBeVisible()
  const cells = [...row(/Абрамов/).querySelectorAll('.journal-today')]
  expect(cells.map((cell) => cell.textContent)).toEqual(['5', '3'])
})

test('a tap of a finger opens the big picker, a choice goes on to the next student', async () => {
  const { journal } = renderWithJournal(<JournalScreen section="m5" />)
  const user = userEvent.setup()
  await user.pointer({ keys: '[TouchA]', target: today(/Абрамов/) })
  const picker = within(screen.getByRole('dialog', { name: /Абрамов Кирилл · ср, 16 сентября/ }))
  await user.click(picker.getByRole('button', { name: '4' }))
  expect(valueIn(journal, 'mark:answer:s1')).toBe('4')
  const next = within(screen.getByRole('dialog', { name: /Белкина Софья/ }))
  await user.click(next.getByRole('button', { name: 'болезнь' }))
  expect(valueIn(journal, 'reason:s2')).toBe('ill')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})

test('a mouse selects with the first click and opens with the second', async () => {
  renderWithJournal(<JournalScreen section="m5" />)
  await userEvent.click(today(/Белкина/))
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  await userEvent.click(today(/Белкина/))
  expect(screen.getByRole('dialog', { name: /Белкина/ })).toBeVisible()
})

test('a pasted column is one entry and one undo; what is not understood is said and left out', async () => {
  const { journal } = renderWithJournal(<JournalScreen section="m5" />)
  act(() => today(/Абрамов/).focus())
  await userEvent.paste('5\nосв.\n4')
  expect(journal.own()).toHaveLength(1)
  expect([
    valueIn(journal, 'mark:answer:s1'),
    valueIn(journal, 'mark:answer:s2'),
    valueIn(journal, 'mark:answer:s3'),
  ]).toEqual(['5', null, '4'])
  expect(
    await screen.findByText('Вставлено: 2 клетки. Не вставлено, потому что непонятно: осв.'),
  ).toBeVisible()
  fireEvent.keyDown(today(/Абрамов/), { key: 'z', code: 'KeyZ', ctrlKey: true })
  expect(await screen.findByText('Отменено')).toBeVisible()
  expect(valueIn(journal, 'mark:answer:s3')).toBeNull()
})

test('DDL-17 a corrected cell has a corner; its history is asked of the school, and needs a network', async () => {
  const pulled = pulledSheet(mathLesson, { 'mark:answer:s1': '4' })
  pulled.cells['mark:answer:s1'] = { ...pulled.cells['mark:answer:s1']!, times: 2 }
  renderWithJournal(<JournalScreen section="m5" />, testJournal({ sheets: [pulled] }))
  expect(today(/Абрамов/)).toHaveClass('ui-corner')
  expect(today(/Белкина/)).not.toHaveClass('ui-corner')
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('{F2}')
  await userEvent.click(screen.getByRole('button', { name: 'История' }))
  expect(await screen.findByText('Историю хранит школа: нужна сеть.')).toBeVisible()
})

test('C5 two values at once are hatched, counted in no mean, and chosen between in the picker', async () => {
  const head = (author: string, value: string) => ({
    id: hashOf({ author, value }),
    author,
    capacity: 'assignee' as const,
    made: 1,
    rank: 3,
    value,
  })
  const pulled = pulledSheet(mathLesson, {})
  const heads = [head('t1', '5'), head('t3', '3')]
  pulled.cells['mark:answer:s1'] = { value: '5', version: 1, heads, contested: true, times: 2 }
  const { journal } = renderWithJournal(<JournalScreen section="m5" />, testJournal({ sheets: [pulled] }))
  expect(today(/Абрамов/)).toHaveClass('ui-hatched')
  expect(row(/Абрамов/).querySelector('.journal-mean')).not.toHaveTextContent('5')
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('{F2}')
  await userEvent.click(
    within(screen.getByRole('group', { name: /нужно выбрать/ })).getByRole('button', { name: '3' }),
  )
  expect(valueIn(journal, 'mark:answer:s1')).toBe('3')
  expect(row(/Абрамов/).querySelector('.journal-mean')).toHaveTextContent('3,00')
})

test('past deadlines are shaded, lessons to come are not; the terms can be switched', async () => {
  renderWithJournal(<JournalScreen section="m5" />)
  expect(cellOf(/Абрамов/, /15 сентября/)).toHaveClass('journal-closed')
  expect(cellOf(/Абрамов/, /17 сентября/)).toHaveClass('journal-to-come')
  await userEvent.click(screen.getByRole('button', { name: '2 четверть' }))
  expect(screen.getByRole('columnheader', { name: 'ноябрь' })).toBeVisible()
  expect(screen.queryByRole('link', { name: /ср, 4 ноября/ })).not.toBeInTheDocument()
})

test('LES-18 a subgroup has its members only', () => {
  renderWithJournal(<JournalScreen section="e5a" />, testJournal({ me: 't3' }))
  expect(
    screen
      .getAllByRole('rowheader')
      .slice(0, 2)
      .map((head) => head.textContent),
  ).toEqual(['1 Абрамов Кирилл', '2 Белкина Софья'])
  expect(screen.queryByRole('rowheader', { name: /Воронин/ })).not.toBeInTheDocument()
})

test('ACC-14 who only reads is told so and writes nothing', async () => {
  const { journal } = renderWithJournal(<JournalScreen section="m5" />, testJournal({ me: 't2' }))
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('5')
  expect(screen.getByText('Ждёт: эту страницу ведёт другой учитель')).toBeVisible()
  expect(journal.own()).toEqual([])
})

test('the facing side has topics and homework, lesson by lesson (LES-03)', () => {
  const sheets = {
    [lesson('2026-09-15')]: {
      topic: { text: 'Дроби', salt },
      homework: { text: { text: '№ 312', salt }, due: '2026-09-18' },
    },
    [lesson('2026-09-14')]: { homework: { none: true } },
  }
  renderWithJournal(<JournalScreen section="m5" />, testJournal({ sheets }))
  const facing = within(screen.getByRole('region', { name: 'Темы и задания' }))
  expect(facing.getByRole('row', { name: /15 сентября/ })).toHaveTextContent(
    'Дроби№ 312 (на пт, 18 сентября)',
  )
  expect(facing.getByRole('row', { name: /14 сентября/ })).toHaveTextContent('без задания')
})

test('STR-11 days on which a student was not on the list are crossed out', () => {
  const name = { last: 'Гусева', first: 'Дарья', middle: '', salt }
  const changes = { 'roster:c5a': { 'student:s4': { name, from: '2026-09-16' } } }
  renderWithJournal(<JournalScreen section="m5" />, testJournal({ changes }))
  expect(cellOf(/Гусева/, /15 сентября/)).toHaveClass('journal-out')
  expect(today(/Гусева/)).not.toHaveClass('journal-out')
})

test('? shows the keys', async () => {
  renderWithJournal(<JournalScreen section="m5" />)
  act(() => today(/Абрамов/).focus())
  await userEvent.keyboard('?')
  expect(screen.getByRole('dialog', { name: 'Клавиши' })).toHaveTextContent('следующий ученик')
})

test('at the end of the year the last term that has begun is shown', () => {
  renderWithJournal(<JournalScreen section="m5" />, testJournal({ at: duringMathLesson + 150 * 86_400_000 }))
  expect(screen.getByRole('button', { name: '2 четверть' })).toHaveAttribute('aria-pressed', 'true')
})

test('a journal that is not this person’s is not shown', () => {
  renderWithJournal(<JournalScreen section="nobody" />)
  expect(screen.getByRole('heading', { name: 'Такого журнала у вас нет' })).toBeVisible()
})
