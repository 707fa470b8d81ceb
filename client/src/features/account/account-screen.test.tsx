import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { mathLesson } from 'shared/testing/small-school'
import { setLanguage } from '../../text/text'
import { duringMathLesson, renderWithJournal, testJournal } from '../../testing/test-journal'
import type { AccountActions, Session } from './account-actions'
import { AccountScreen } from './account-screen'
import { FirstPasswordScreen } from './first-password-screen'
import { applyTheme, setTheme } from './theme'

const session = (id: string, device: string, current = false): Session => ({
  id,
  device,
  current,
  created: duringMathLesson - 3_600_000,
  seen: duringMathLesson,
})

function world(over: Partial<AccountActions> = {}) {
  const calls: string[] = []
  const actions: AccountActions = {
    sessions: async () => [
      session('a', 'Телефон'),
      session('b', 'Планшет 204', true),
      session('c', 'Компьютер'),
    ],
    revoke: async (id) => calls.push(`revoke ${id}`) > 0,
    changePassword: async (old, next) => {
      calls.push(`password ${old} → ${next}`)
      return { ok: true }
    },
    signOut: async () => {
      calls.push('sign out')
    },
    storage: async () => 'best-effort',
    askStorage: async () => 'persisted',
    version: '0.1.0',
    ...over,
  }
  return { actions, calls }
}

async function shown(over: Partial<AccountActions> = {}, journal = testJournal()) {
  const { actions, calls } = world(over)
  await act(async () => renderWithJournal(<AccountScreen actions={actions} />, journal))
  return { calls, journal, user: userEvent.setup() }
}
const button = (name: string | RegExp) => screen.getByRole('button', { name })

async function typePasswords(
  user: ReturnType<typeof userEvent.setup>,
  old: string,
  next: string,
  repeat = next,
) {
  if (old) await user.type(screen.getByLabelText('Нынешний пароль'), old)
  if (next) await user.type(screen.getByLabelText('Новый пароль'), next)
  if (repeat) await user.type(screen.getByLabelText('Новый пароль ещё раз'), repeat)
  await user.click(button('Сохранить пароль'))
}

afterEach(() => {
  act(() => {
    setLanguage('ru')
    setTheme('system')
  })
})

describe('who I am', () => {
  test('a teacher sees name, role and school', async () => {
    await shown()
    expect(screen.getByText('Орлова М. В.')).toBeVisible()
    expect(screen.getByText(/учитель/)).toHaveTextContent('Школа № 1')
  })

  test('a guardian sees how many children', async () => {
    await shown({}, testJournal({ me: 'g1' }))
    expect(screen.getByText(/семья, 2 ребёнка/)).toBeVisible()
  })
})

describe('ACC-21 where I am signed in', () => {
  test('this device comes first and cannot be ended from the list', async () => {
    await shown()
    const rows = screen.getAllByRole('listitem')
    expect(rows[0]).toHaveTextContent('Планшет 204 — это устройство')
    expect(screen.queryByRole('button', { name: /Планшет 204/ })).toBeNull()
  })

  test('another device is signed out with one tap', async () => {
    const { calls, user } = await shown()
    await user.click(button('Выйти на устройстве «Телефон»'))
    expect(calls).toEqual(['revoke a'])
    expect(screen.getByText('«Телефон»: вход закрыт')).toBeVisible()
    expect(screen.queryByText('Телефон')).toBeNull()
  })

  test('all others at once, and not this one', async () => {
    const { calls, user } = await shown()
    await user.click(button('Выйти на всех других устройствах'))
    expect([...calls].sort()).toEqual(['revoke a', 'revoke c'])
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })

  test('a session that could not be ended stays in the list', async () => {
    const { user } = await shown({ revoke: async () => false })
    await user.click(button('Выйти на устройстве «Телефон»'))
    expect(screen.getByText('Телефон')).toBeVisible()
    expect(screen.getByText(/Не получилось/)).toBeVisible()
  })

  test('without a network it says so', async () => {
    await shown({ sessions: async () => null })
    expect(screen.getByText('Список виден, когда есть сеть.')).toBeVisible()
  })
})

describe('changing the password', () => {
  test.each([
    ['', 'три слова подряд', undefined, 'Нынешний пароль введён неверно.'],
    ['старый', 'короче8', undefined, 'Новый пароль короче 8 знаков.'],
    ['один и тот же', 'один и тот же', undefined, 'Новый пароль совпадает с нынешним.'],
    ['старый', 'три слова подряд', 'три слова', 'Пароли не совпадают. Повторите новый пароль.'],
  ])('%s → %s, again %s: is not sent', async (old, next, repeat, says) => {
    const { calls, user } = await shown()
    await user.click(button('Сменить пароль'))
    await typePasswords(user, old, next, repeat)
    expect(screen.getByRole('alert')).toHaveTextContent(says)
    expect(calls).toEqual([])
  })

  test('is told to the school and confirmed', async () => {
    const { calls, user } = await shown()
    await user.click(button('Сменить пароль'))
    await typePasswords(user, 'старый', 'три слова подряд')
    expect(calls).toEqual(['password старый → три слова подряд'])
    expect(screen.getByText(/Пароль изменён/)).toBeVisible()
  })

  test('says why the school refused', async () => {
    const { user } = await shown({ changePassword: async () => ({ ok: false, why: 'weak' }) })
    await user.click(button('Сменить пароль'))
    await typePasswords(user, 'старый', 'пароль123')
    expect(screen.getByRole('alert')).toHaveTextContent(/слишком легко угадать/)
  })

  test('ACC-06 the first sign-in asks for nothing else, and reminds whose password it is', async () => {
    const { actions, calls } = world()
    let done = false
    render(
      <FirstPasswordScreen
        change={actions.changePassword}
        onDone={() => (done = true)}
        signOut={actions.signOut}
      />,
    )
    expect(screen.getByText(/внесено вами/)).toBeVisible()
    await typePasswords(userEvent.setup(), 'выданный', 'три слова подряд')
    expect(calls).toHaveLength(1)
    expect(done).toBe(true)
  })
})

describe('this device', () => {
  test('says whether the browser may erase the journal, and can ask it not to', async () => {
    const { user } = await shown()
    expect(screen.getByText(/браузер может стереть журнал/)).toBeVisible()
    await user.click(button('Попросить хранить надёжно'))
    expect(screen.getByText(/обещал хранить/)).toBeVisible()
  })

  test('the look is kept', async () => {
    const { user } = await shown()
    await user.click(screen.getByRole('radio', { name: 'Тёмный' }))
    expect(document.documentElement.style.colorScheme).toBe('dark')
    document.documentElement.style.colorScheme = ''
    applyTheme()
    expect(document.documentElement.style.colorScheme).toBe('dark')
    await user.click(screen.getByRole('radio', { name: 'Как на устройстве' }))
    expect(document.documentElement.style.colorScheme).toBe('')
  })

  test('the language changes at once', async () => {
    const { user } = await shown()
    await user.click(screen.getByRole('radio', { name: 'English' }))
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Account')
  })
})

describe('OFF-13 signing out', () => {
  test('says that what is unsent stays and goes out later', async () => {
    const { calls, journal, user } = await shown()
    expect(screen.queryByText(/ещё не отправлена/)).toBeNull()
    await act(() =>
      journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell: 'mark:answer:s1', value: '5' }] }),
    )
    expect(screen.getByText(/1 запись ещё не отправлена.*уйдёт, когда вы снова войдёте/)).toBeVisible()
    await user.click(button('Выйти'))
    expect(calls).toEqual(['sign out'])
  })
})
