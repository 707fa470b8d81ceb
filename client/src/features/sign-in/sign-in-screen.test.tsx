import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { DemoReply } from 'shared/wire/health'
import type { SignInFailure, SignInResult } from '../../store/sign-in-failure'
import { setLanguage } from '../../text/text'
import { SignInScreen, type SignInProps } from './sign-in-screen'

type Tried = { login: string; password: string; remember: boolean }

function shown(answer: SignInResult = { ok: true }, rest: Partial<SignInProps> = {}) {
  const tried: Tried[] = []
  const signIn: SignInProps['signIn'] = async (login, password, remember) => {
    tried.push({ login, password, remember })
    return answer
  }
  render(<SignInScreen signIn={signIn} known={false} {...rest} />)
  return { tried, user: userEvent.setup() }
}
async function fill(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText('Логин'), ' orlova ')
  await user.type(screen.getByLabelText('Пароль'), 'мел и доска')
}
const enter = () => screen.getByRole('button', { name: 'Войти' })

afterEach(() => act(() => setLanguage('ru')))

describe('signing in', () => {
  test('hands in login, password and whether to remember', async () => {
    const { tried, user } = shown()
    await fill(user)
    await user.click(screen.getByRole('checkbox', { name: 'Запомнить на этом устройстве' }))
    await user.click(enter())
    expect(tried).toEqual([{ login: 'orlova', password: 'мел и доска', remember: true }])
  })

  test('does not remember unless asked, and says what remembering is for', async () => {
    const { tried, user } = shown()
    expect(screen.getByRole('checkbox')).toHaveAccessibleDescription(/На общем планшете не включайте/)
    await fill(user)
    await user.keyboard('{Enter}')
    expect(tried).toMatchObject([{ remember: false }])
  })

  test('asks for what is missing before it asks the school', async () => {
    const { tried, user } = shown()
    await user.click(enter())
    expect(screen.getByRole('alert')).toHaveTextContent('Введите логин.')
    await user.type(screen.getByLabelText('Логин'), 'orlova')
    await user.click(enter())
    expect(screen.getByRole('alert')).toHaveTextContent('Введите пароль.')
    expect(tried).toEqual([])
  })

  test.each<[SignInFailure, RegExp]>([
    ['wrong-login', /Неверный логин или пароль/],
    ['never-worked-here-offline', /на этом устройстве вы ещё не работали/],
    ['offline', /Сервер школы не отвечает/],
    ['no-crypto', /https:/],
    ['storage', /не даёт хранить журнал/],
    ['server', /неполадка/],
  ])('says plainly why not: %s', async (why, says) => {
    const { user } = shown({ ok: false, why })
    await fill(user)
    await user.click(enter())
    expect(screen.getByRole('alert')).toHaveTextContent(says)
  })

  test('too many tries come with the time to wait', async () => {
    const { user } = shown({ ok: false, why: 'too-many-tries', retryAfter: 290 })
    await fill(user)
    await user.click(enter())
    expect(screen.getByRole('alert')).toHaveTextContent('Слишком много попыток. Попробуйте через 5 минут.')
  })

  test('shows the password when asked', async () => {
    const { user } = shown()
    expect(screen.getByLabelText('Пароль')).toHaveAttribute('type', 'password')
    await user.click(screen.getByRole('button', { name: 'Показать пароль' }))
    expect(screen.getByLabelText('Пароль')).toHaveAttribute('type', 'text')
    expect(screen.getByRole('button', { name: 'Скрыть пароль' })).toBeVisible()
  })

  test('speaks English when asked, and keeps what was typed', async () => {
    const { user } = shown()
    await fill(user)
    await user.click(screen.getByRole('button', { name: 'English' }))
    expect(screen.getByLabelText('Login')).toHaveValue(' orlova ')
  })
})

describe('without a network', () => {
  const offline = { value: false, configurable: true }
  beforeEach(() => Object.defineProperty(navigator, 'onLine', offline))
  afterEach(() => Object.defineProperty(navigator, 'onLine', { value: true, configurable: true }))

  test('whoever worked here before may sign in as usual', () => {
    shown({ ok: true }, { known: true })
    expect(screen.getByText(/войдите как обычно/)).toBeVisible()
  })

  test('a new device says that the first sign-in needs a network', () => {
    shown()
    expect(screen.getByText(/Для первого входа нужна сеть/)).toBeVisible()
  })
})

describe('the demo school', () => {
  const people: DemoReply = [
    {
      login: 'orlova',
      password: 'bell-2026',
      name: 'Орлова М. В.',
      roles: ['teacher', 'homeroom'],
      note: 'математика в 5А',
    },
  ]

  test('offers its people, and one tap fills the form', async () => {
    const { tried, user } = shown({ ok: true }, { demo: async () => people })
    await user.click(
      await screen.findByRole('button', { name: /Орлова М. В. учитель, классный руководитель/ }),
    )
    await user.click(enter())
    expect(tried).toMatchObject([{ login: 'orlova', password: 'bell-2026' }])
  })

  test.each([
    ['there is none', async () => null],
    ['nobody answers', () => Promise.reject(new Error('offline'))],
  ])('shows nothing where %s', async (_why, demo) => {
    shown({ ok: true }, { demo })
    await act(async () => {})
    expect(screen.queryByRole('heading', { level: 2 })).toBeNull()
  })
})
