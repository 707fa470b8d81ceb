import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Entry } from 'shared/journal/entry'
import type { ProjectedSheet } from 'shared/journal/project'
import type { Admission, Receipt } from 'shared/journal/receipt'
import type { Standing } from 'shared/journal/standing'
import { mathLesson } from 'shared/testing/small-school'
import { lessonPath } from '../../store/paths'
import type { OpenJournal } from '../../store/journal'
import { duringMathLesson, pulledSheet, renderWithJournal, testJournal } from '../../testing/test-journal'
import { SyncBadge } from './sync-badge'
import { UnsentScreen } from './unsent-screen'

const cell = 'mark:answer:s1'
const mark = (value: string) => ({ sheet: mathLesson, kind: 'set-mark' as const, set: [{ cell, value }] })

function receiptFor(entry: Entry, admission: Admission): Receipt {
  return {
    entry: entry.id,
    db: entry.db,
    sheet: entry.sheet,
    epoch: 'epoch1',
    received: duringMathLesson,
    judged: duringMathLesson,
    made: { from: duringMathLesson, to: duringMathLesson },
    capacity: 'assignee',
    by: { rules: 1, directory: {} },
    admission,
    signature: entry.id,
  }
}

/** The school has the entry, and this is what became of it. */
async function arrive(journal: OpenJournal, entry: Entry, admission: Admission, sheet?: ProjectedSheet) {
  await act(async () => {
    await journal.device.keepReceipts([receiptFor(entry, admission)])
    if (sheet) journal.takeIn([sheet])
  })
}

function losing(entry: Pick<Entry, 'id'>, standing: Standing, contested: boolean): ProjectedSheet {
  const mine = {
    id: entry.id,
    author: 't1',
    capacity: 'teacher' as const,
    made: duringMathLesson,
    rank: 2,
    value: '5',
  }
  const winner = {
    ...mine,
    id: 'w'.repeat(43),
    author: 't2',
    rank: 3,
    value: '3',
    made: duringMathLesson + 60_000,
  }
  const shown = {
    value: '3',
    version: 3,
    heads: [winner, mine],
    times: 2,
    ...(contested ? { contested: true as const } : {}),
  }
  return {
    ...pulledSheet(mathLesson, {}),
    version: 3,
    cells: { [cell]: shown },
    own: { [entry.id]: standing },
  }
}

async function shown(journal = testJournal()) {
  const user = userEvent.setup()
  renderWithJournal(
    <>
      <SyncBadge />
      <UnsentScreen />
    </>,
    journal,
  )
  return { journal, user }
}
const badge = () => screen.getAllByRole('link').find((link) => link.getAttribute('href') === '/unsent')

describe('the list of unsettled entries', () => {
  test('is calm when there is nothing', async () => {
    await shown()
    expect(screen.getByText(/Каждая ваша запись принята/)).toBeVisible()
    expect(screen.queryByRole('heading', { level: 2 })).toBeNull()
  })

  test('says of an unsent entry what it set and that it is on this device', async () => {
    const { journal } = await shown()
    await act(() => journal.write(mark('5')))
    const group = screen.getByRole('region', { name: /На этом устройстве/ })
    expect(within(group).getByText('5А, математика, ср, 16 сентября, урок 2')).toBeVisible()
    expect(within(group).getByText('Абрамов Кирилл — 5')).toBeVisible()
    expect(within(group).getByText(/сделано 09:40, на этом устройстве, ещё не отправлено/)).toBeVisible()
    expect(within(group).getByRole('link', { name: 'Открыть урок' })).toHaveAttribute(
      'href',
      lessonPath(mathLesson),
    )
    expect(badge()).toHaveTextContent('1 запись на этом устройстве')
  })

  test('an accepted entry leaves it', async () => {
    const { journal } = await shown()
    const entry = await act(() => journal.write(mark('5')))
    await arrive(journal, entry, { is: 'in' })
    expect(screen.getByText(/Каждая ваша запись принята/)).toBeVisible()
  })

  test('a refused entry has the sentence, and can be taken off the list', async () => {
    const { journal, user } = await shown()
    const entry = await act(() => journal.write(mark('5')))
    await arrive(journal, entry, { is: 'out', why: 'forbidden-value' })
    expect(screen.getByText('Не принято: такой отметки нет в шкале школы')).toBeVisible()
    expect(badge()).toHaveTextContent('1 запись не принята')
    await user.click(screen.getByRole('button', { name: 'Убрать из списка' }))
    expect(screen.getByText(/Каждая ваша запись принята/)).toBeVisible()
  })

  test('an entry that waits says for whom, why, and what the deadline was', async () => {
    const { journal } = await shown()
    const entry = await act(() => journal.write(mark('5')))
    await arrive(journal, entry, {
      is: 'waiting',
      for: 'deputy',
      why: 'late',
      due: Date.parse('2026-09-16T21:00:00Z'),
    })
    expect(
      screen.getByText('Ждёт решения завуча: сделана после срока (срок 16 сентября, 24:00)'),
    ).toBeVisible()
    expect(badge()).toHaveTextContent('1 запись ждёт завуча')
  })
})

describe('a value that lost to another', () => {
  test('C4 shows both, and one tap sets it again on top of all', async () => {
    const { journal, user } = await shown()
    const entry = await act(() => journal.write(mark('5')))
    const standing: Standing = { is: 'superseded', cell, by: 'w'.repeat(43) }
    await arrive(journal, entry, { is: 'in' }, losing(entry, standing, false))
    const group = screen.getByRole('region', { name: /Уступили/ })
    expect(within(group).getByText('Абрамов Кирилл — 5')).toBeVisible()
    expect(within(group).getByText('В журнале: 3')).toBeVisible()
    expect(within(group).getByText(/Уступила записи: Климова Н. С., 09:41/)).toBeVisible()

    await user.click(within(group).getByRole('button', { name: 'Поставить снова' }))
    expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
    expect(screen.queryByRole('region', { name: /Уступили/ })).toBeNull()
    expect(badge()).toHaveTextContent('1 запись на этом устройстве')
  })

  test('C4 can be left as it is', async () => {
    const { journal, user } = await shown()
    const entry = await act(() => journal.write(mark('5')))
    const standing: Standing = { is: 'superseded', cell, by: 'w'.repeat(43) }
    await arrive(journal, entry, { is: 'in' }, losing(entry, standing, false))
    await user.click(screen.getByRole('button', { name: 'Оставить как есть' }))
    expect(screen.queryByRole('region', { name: /Уступили/ })).toBeNull()
    expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('3')
  })

  describe('C4 what another device of the same person made', () => {
    const id = 'e'.repeat(43)
    const pulled = losing({ id }, { is: 'superseded', cell, by: 'w'.repeat(43) }, false)

    test('is told here too, with both values, and can be set again from here', async () => {
      const { journal, user } = await shown()
      act(() => journal.takeIn([pulled]))
      expect(badge()).toHaveTextContent('1 запись уступила')
      const group = screen.getByRole('region', { name: /Уступили/ })
      expect(group).toHaveTextContent('Абрамов Кирилл — 5')
      expect(group).toHaveTextContent('В журнале: 3')
      expect(group).toHaveTextContent('Ваша запись с другого устройства')
      await user.click(within(group).getByRole('button', { name: 'Поставить снова' }))
      expect(screen.queryByRole('region', { name: /Уступили/ })).toBeNull()
      const written = journal.own().at(-1)?.entry
      expect(written).toMatchObject({ kind: 'set-mark', changes: [{ cell, value: '5' }] })
      expect(written?.changes[0]?.base).toHaveLength(2)
    })

    test('can be left as it is', async () => {
      const { journal, user } = await shown()
      act(() => journal.takeIn([pulled]))
      await user.click(screen.getByRole('button', { name: 'Оставить как есть' }))
      expect(screen.queryByRole('region', { name: /Уступили/ })).toBeNull()
      expect(badge()).not.toHaveTextContent('уступила')
    })

    test('is told no more once the school has settled it', async () => {
      const { journal } = await shown()
      act(() => journal.takeIn([pulled]))
      act(() => journal.takeIn([{ ...pulled, version: 4, own: { [id]: { is: 'replaced' } } }]))
      expect(badge()).not.toHaveTextContent('уступила')
    })
  })

  test('C5 a contested cell asks its author, once, and a tap settles it', async () => {
    const { journal, user } = await shown()
    const entry = await act(() => journal.write(mark('5')))
    await arrive(journal, entry, { is: 'in' }, losing(entry, { is: 'contested', cell }, true))
    const group = screen.getByRole('group', { name: 'Абрамов Кирилл' })
    expect(badge()).toHaveTextContent('1 клетка ждёт вашего выбора')
    await user.click(within(group).getByRole('button', { name: 'Оставить 5' }))
    const written = journal.own().at(-1)?.entry
    expect(written).toMatchObject({ kind: 'choose', changes: [{ cell, value: '5' }] })
    expect(written?.changes[0]?.base).toHaveLength(2)
    expect(screen.queryByRole('group', { name: 'Абрамов Кирилл' })).toBeNull()
  })
})

describe('trouble', () => {
  test('OFF-13 a lost session keeps the entries and offers them as a file', async () => {
    const { journal } = await shown()
    await act(() => journal.write(mark('5')))
    act(() => journal.setSync({ state: 'signed-out' }))
    const alert = screen.getByRole('alert')
    expect(within(alert).getByText(/Записи целы: войдите снова/)).toBeVisible()
    expect(within(alert).getByRole('button', { name: 'Сохранить записи в файл' })).toBeVisible()
  })

  test('being offline is no alarm', async () => {
    const { journal } = await shown()
    act(() => journal.setSync({ state: 'offline' }))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByText(/Сети нет — это не мешает/)).toBeVisible()
  })

  test('the first sync says how far it is in words', async () => {
    const { journal } = await shown()
    act(() => journal.setSync({ progress: { done: 320, total: 412 } }))
    expect(screen.getByText('Загружено 320 из 412 уроков')).toBeVisible()
  })
})
