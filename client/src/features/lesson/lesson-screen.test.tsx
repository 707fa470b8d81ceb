import { act, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { hashOf } from 'shared/plain/hash'
import { mathLesson, salt } from 'shared/testing/small-school'
import { duringMathLesson, pulledSheet, renderWithJournal, testJournal } from '../../testing/test-journal'
import { LessonScreen } from './lesson-screen'

const group = (name: string) => within(screen.getByRole('group', { name }))
const attendance = (name: RegExp) => screen.getByRole('button', { name })
const valueIn = (journal: ReturnType<typeof testJournal>, cell: string, lesson = mathLesson) =>
  journal.sheet(lesson).cells[cell]?.value ?? null

afterEach(() => {
  jest.useRealTimers()
})

test('the head says which lesson it is, and the roster is in the order of surnames', () => {
  renderWithJournal(<LessonScreen id={mathLesson} />)
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('5А · Математика')
  expect(screen.getByText(/2-й урок · 09:25–10:10 · каб. 204/)).toBeVisible()
  const names = screen.getAllByRole('listitem').map((row) => row.textContent)
  expect(names.map((name) => /[А-Я][а-яё]+ [А-Я][а-яё]+/.exec(name ?? '')?.[0])).toEqual([
    'Абрамов Кирилл',
    'Белкина Софья',
    'Воронин Артём',
  ])
})

test('a mark is one tap, another replaces it, the same takes it away (LES-06)', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  const marks = group('Отметка: Абрамов Кирилл')
  await userEvent.click(marks.getByRole('button', { name: '5' }))
  expect(valueIn(journal, 'mark:answer:s1')).toBe('5')
  expect(marks.getByRole('button', { name: '5, на этом устройстве' })).toHaveAttribute('aria-pressed', 'true')
  await userEvent.click(marks.getByRole('button', { name: '4' }))
  expect(valueIn(journal, 'mark:answer:s1')).toBe('4')
  await userEvent.click(marks.getByRole('button', { name: /^4/ }))
  expect(valueIn(journal, 'mark:answer:s1')).toBeNull()
})

test('attendance goes round by tapping: Н, late, and as before (LES-08)', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(attendance(/Белкина Софья: не отмечено/))
  expect(valueIn(journal, 'absence:s2')).toBe('absent')
  await userEvent.click(attendance(/Белкина Софья: нет на уроке/))
  expect(valueIn(journal, 'absence:s2')).toBe('late')
  await userEvent.click(attendance(/Белкина Софья: опоздание/))
  expect(valueIn(journal, 'absence:s2')).toBeNull()
})

test('the rest of attendance is behind «ещё»: the reason is a cell of its own (C7)', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(screen.getByRole('button', { name: 'Ещё: Белкина Софья' }))
  const panel = within(screen.getByRole('dialog', { name: 'Белкина Софья' }))
  await userEvent.click(panel.getByRole('button', { name: /болезнь/ }))
  expect(valueIn(journal, 'absence:s2')).toBe('absent')
  expect(valueIn(journal, 'reason:s2')).toBe('ill')
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})

test('a long press opens the rest and is not a tap', () => {
  jest.useFakeTimers()
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  const toggle = attendance(/Абрамов Кирилл: не отмечено/)
  fireEvent.pointerDown(toggle, { button: 0 })
  act(() => jest.advanceTimersByTime(600))
  fireEvent.pointerUp(toggle)
  fireEvent.click(toggle)
  expect(screen.getByRole('dialog', { name: 'Абрамов Кирилл' })).toBeVisible()
  expect(valueIn(journal, 'absence:s1')).toBeNull()
})

test('«все присутствуют» is one tap and one undo, absences among it (LES-08)', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(attendance(/Абрамов Кирилл: не отмечено/))
  await userEvent.click(attendance(/Белкина Софья: не отмечено/))
  await userEvent.click(screen.getByRole('button', { name: 'Все присутствуют' }))
  expect(attendance(/Абрамов Кирилл: на уроке/)).toBeVisible()
  expect(screen.getByText(/Все на уроке/)).toBeVisible()
  expect(journal.own()).toHaveLength(3)
  await userEvent.click(screen.getByRole('button', { name: 'Отменить' }))
  expect(attendance(/Абрамов Кирилл: нет на уроке/)).toBeVisible()
  expect(attendance(/Белкина Софья: нет на уроке/)).toBeVisible()
  expect(valueIn(journal, 'taken')).toBeNull()
})

test('«остальные присутствуют» leaves who is marked as they are', async () => {
  renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(attendance(/Белкина Софья: не отмечено/))
  await userEvent.click(screen.getByRole('button', { name: 'Остальные присутствуют' }))
  expect(attendance(/Абрамов Кирилл: на уроке/)).toBeVisible()
  expect(attendance(/Белкина Софья: нет на уроке/)).toBeVisible()
  expect(screen.getByText(/Нет на уроке: 1/)).toBeVisible()
})

test('topic and homework are kept on leaving the field, and are there when the lesson is opened again', async () => {
  const { journal, unmount } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.type(screen.getByLabelText('Тема урока'), 'Сложение дробей')
  await userEvent.type(screen.getByLabelText('Домашнее задание'), '№ 312, 313')
  unmount()
  expect(valueIn(journal, 'homework')).toMatchObject({ text: { text: '№ 312, 313' } })
  renderWithJournal(<LessonScreen id={mathLesson} />, journal)
  expect(screen.getByLabelText('Тема урока')).toHaveValue('Сложение дробей')
  expect(await screen.findByText('Задание записано')).toBeVisible()
})

test('homework can be due on another day, or be said to be none (LES-05)', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.type(screen.getByLabelText('Домашнее задание'), '№ 312')
  await userEvent.selectOptions(screen.getByLabelText('К какому дню'), '2026-09-18')
  expect(valueIn(journal, 'homework')).toMatchObject({ text: { text: '№ 312' }, due: '2026-09-18' })
  await userEvent.click(screen.getByRole('button', { name: 'Без задания' }))
  expect(valueIn(journal, 'homework')).toEqual({ none: true })
  expect(screen.getByRole('button', { name: 'Без задания' })).toHaveAttribute('aria-pressed', 'true')
})

test('a second work is a second column: added, filled, renamed, removed and brought back (LES-07, C7)', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(screen.getByRole('button', { name: 'Работа' }))
  await userEvent.click(screen.getByRole('button', { name: 'контрольная работа' }))
  await userEvent.type(screen.getByLabelText('Название'), 'Дроби')
  await userEvent.click(screen.getByRole('button', { name: 'Закрыть' }))
  expect(screen.getByRole('button', { name: 'Контрольная работа: Дроби' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await userEvent.click(group('Отметка: Воронин Артём').getByRole('button', { name: '3' }))
  const [cell] = Object.keys(journal.sheet(mathLesson).cells).filter((name) => name.startsWith('mark:w'))
  expect(valueIn(journal, cell ?? '')).toBe('3')

  await userEvent.click(screen.getByRole('button', { name: 'Ответ на уроке' }))
  expect(screen.getByText('КР 3')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Контрольная работа: Дроби' }))
  await userEvent.click(screen.getByRole('button', { name: 'Изменить: Контрольная работа: Дроби' }))
  await userEvent.click(screen.getByRole('button', { name: 'Убрать колонку' }))
  expect(screen.queryByRole('button', { name: /Контрольная/ })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Отменить' }))
  await userEvent.click(screen.getByRole('button', { name: 'Контрольная работа: Дроби' }))
  expect(group('Отметка: Воронин Артём').getByRole('button', { name: /^3/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('a remark is kept for staff until it is given to the family (LES-20)', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(screen.getByRole('button', { name: 'Ещё: Абрамов Кирилл' }))
  await userEvent.type(screen.getByLabelText('Новое замечание'), 'Помогал соседу')
  await userEvent.tab()
  await userEvent.selectOptions(screen.getByLabelText('Кому видно'), 'Семье')
  const remarks = Object.entries(journal.sheet(mathLesson).cells).filter(([cell]) =>
    cell.startsWith('remark:s1:'),
  )
  expect(remarks).toHaveLength(1)
  expect(remarks[0]?.[1].value).toMatchObject({ to: 'family', text: { text: 'Помогал соседу' } })
})

test('LES-11, LES-12 grade 1 shows neither marks nor homework', () => {
  renderWithJournal(<LessonScreen id="lesson:m1:2026-09-16:1" />, testJournal({ me: 't5' }))
  expect(screen.getByRole('button', { name: /Абрамова Лиза: не отмечено/ })).toBeEnabled()
  expect(screen.getByLabelText('Тема урока')).toBeEnabled()
  expect(screen.queryByText(/[Оо]тметка|Домашнее|За что/)).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: '5' })).not.toBeInTheDocument()
})

test('a subgroup has its members only; a homeroom teacher reads what another keeps (LES-18, ACC-14)', () => {
  renderWithJournal(<LessonScreen id="lesson:e5a:2026-09-16:1" />, testJournal({ me: 't2' }))
  expect(screen.queryByText(/Воронин/)).not.toBeInTheDocument()
  expect(screen.getByText('Только чтение: эту страницу ведёт другой учитель.')).toBeVisible()
  expect(attendance(/Абрамов Кирилл: не отмечено/)).toBeDisabled()
  expect(screen.getByRole('group', { name: 'Отметка: Абрамов Кирилл' })).toBeDisabled()
  expect(screen.getByLabelText('Тема урока')).toHaveAttribute('readonly')
})

test('A2 what waits for a deputy is hatched and says why; what holds stays known', async () => {
  const journal = testJournal()
  const entry = await journal.write({
    sheet: mathLesson,
    kind: 'set-mark',
    set: [{ cell: 'mark:answer:s1', value: '5' }],
  })
  const pulled = pulledSheet(mathLesson, { 'mark:answer:s2': '4' })
  pulled.own[entry.id] = { is: 'waiting', for: 'deputy', why: 'late' }
  journal.takeIn([pulled])
  renderWithJournal(<LessonScreen id={mathLesson} />, journal)
  expect(screen.getByText(/Ждёт решения завуча: сделана после срока/)).toBeVisible()
  expect(group('Отметка: Абрамов Кирилл').getByRole('button', { name: '5' })).toHaveClass('ui-hatched')
  expect(group('Отметка: Белкина Софья').getByRole('button', { name: '4' })).not.toHaveClass('ui-hatched')
})

test('O2 the dot goes when the school has the entry', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(group('Отметка: Абрамов Кирилл').getByRole('button', { name: '5' }))
  const pressed = () => group('Отметка: Абрамов Кирилл').getByRole('button', { name: /^5/ })
  expect(pressed()).toHaveClass('ui-dot')
  const own = journal.own()[0]
  const pulled = pulledSheet(mathLesson, { 'mark:answer:s1': '5' })
  pulled.own[own?.entry.id ?? ''] = { is: 'holds' }
  act(() => journal.takeIn([pulled]))
  expect(pressed()).not.toHaveClass('ui-dot')
})

test('C5 two values at once are both shown, and one tap chooses', async () => {
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
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />, testJournal({ sheets: [pulled] }))
  const choice = within(screen.getByRole('region', { name: /Что верно/ }))
  await userEvent.click(choice.getByRole('button', { name: '3' }))
  expect(valueIn(journal, 'mark:answer:s1')).toBe('3')
  expect(journal.own()[0]?.entry).toMatchObject({ kind: 'choose' })
  expect(journal.own()[0]?.entry.changes[0]?.base).toEqual(heads.map(({ id }) => id))
  expect(screen.queryByRole('region', { name: /Что верно/ })).not.toBeInTheDocument()
})

test('C4 a value that gave way says so to its author', () => {
  const pulled = pulledSheet(mathLesson, {})
  const head = (id: string, author: string, value: string) => ({
    id,
    author,
    capacity: 'assignee' as const,
    made: 1,
    rank: 3,
    value,
  })
  const heads = [head(hashOf('a'), 't3', '3'), head(hashOf('b'), 't1', '5')]
  pulled.cells['mark:answer:s1'] = { value: '3', version: 1, heads, times: 2 }
  renderWithJournal(<LessonScreen id={mathLesson} />, testJournal({ sheets: [pulled] }))
  expect(screen.getByText(/уступила другой записи: ваше значение «5»/)).toBeVisible()
})

test('DDL-11 after the deadline the page says that entries go to a deputy, before the lesson that it is early', () => {
  const nextDay = testJournal({ at: duringMathLesson + 86_400_000 })
  const { unmount } = renderWithJournal(<LessonScreen id={mathLesson} />, nextDay)
  expect(screen.getByText(/Срок прошёл 16 сентября, 24:00/)).toBeVisible()
  unmount()
  renderWithJournal(<LessonScreen id="lesson:m5:2026-09-17:2" />)
  expect(screen.getByText(/Урок начнётся в 09:25/)).toBeVisible()
})

test('homework set for today at the lesson before stands at hand', () => {
  const sheets = { 'lesson:m5:2026-09-15:2': { homework: { text: { text: '№ 300', salt } } } }
  renderWithJournal(<LessonScreen id={mathLesson} />, testJournal({ sheets }))
  expect(screen.getByText('№ 300')).toBeVisible()
})

test('the class can be listed by the groups of another subject', async () => {
  renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.selectOptions(screen.getByLabelText('Порядок'), 'По подгруппам: Английский язык')
  const lists = screen.getAllByRole('list').map((list) => within(list).getAllByRole('listitem').length)
  expect(lists).toEqual([2, 1])
  expect(screen.getByRole('heading', { name: '1 группа' })).toBeVisible()
})

test('Ctrl+Z undoes the last entry of the lesson, whatever the keyboard layout', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(group('Отметка: Абрамов Кирилл').getByRole('button', { name: '5' }))
  fireEvent.keyDown(document.body, { code: 'KeyZ', key: 'я', ctrlKey: true })
  expect(await screen.findByText('Отменено')).toBeVisible()
  expect(valueIn(journal, 'mark:answer:s1')).toBeNull()
})

test('OFF-16 a device that has been alone for too long shows the page and takes nothing', () => {
  const journal = testJournal()
  const status = { ...journal.status(), readOnlyAfterDays: 14 }
  renderWithJournal(<LessonScreen id={mathLesson} />, { ...journal, status: () => status })
  expect(screen.getByText(/слишком долго без связи/)).toBeVisible()
  expect(screen.queryByText(/ведёт другой учитель/)).not.toBeInTheDocument()
  expect(attendance(/Абрамов Кирилл: не отмечено/)).toBeDisabled()
  expect(screen.getByLabelText('Тема урока')).toHaveAttribute('readonly')
})

test('C8 undo asks where somebody has written since, and goes on when told to', async () => {
  const { journal } = renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(group('Отметка: Абрамов Кирилл').getByRole('button', { name: '5' }))
  const own = journal.own()[0]!
  const pulled = pulledSheet(mathLesson, { 'mark:answer:s1': '3' }, { author: 't3' })
  pulled.own[own.entry.id] = { is: 'replaced' }
  act(() => journal.takeIn([pulled]))
  await userEvent.click(screen.getByRole('button', { name: 'Отменить' }))
  expect(screen.getByText('После этого там написано другое')).toBeVisible()
  expect(valueIn(journal, 'mark:answer:s1')).toBe('3')
  await userEvent.click(screen.getByRole('button', { name: 'Всё равно отменить' }))
  expect(valueIn(journal, 'mark:answer:s1')).toBeNull()
})

test('attendance that is only on this device says so until the school has it', async () => {
  renderWithJournal(<LessonScreen id={mathLesson} />)
  await userEvent.click(screen.getByRole('button', { name: 'Все присутствуют' }))
  expect(screen.getByText('Все на уроке · 3 ученика · на этом устройстве')).toBeVisible()
})

test('a lesson that is not in the timetable is not invented', () => {
  renderWithJournal(<LessonScreen id="lesson:m5:2026-09-16:7" />)
  expect(screen.getByRole('heading', { name: 'Такого урока в расписании нет' })).toBeVisible()
})
