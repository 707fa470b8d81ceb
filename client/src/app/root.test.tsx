import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { smallSchoolSheets } from 'shared/testing/small-school'
import { pulledSheet } from '../testing/test-journal'
import { testDevice } from '../testing/test-device'
import { tinySchool } from '../testing/tiny-school'
import { loadFirstScreens } from './load-open-journal'
import { Root } from './root'
import type { Updates } from './updates'

const accounts = () => ({
  orlova: { person: 't1', password: 'колокольчик-7' },
  abramova: { person: 'g1', password: 'дневник-дочери' },
})

function aBrowser() {
  const school = tinySchool()
  for (const { id, cells } of smallSchoolSheets()) {
    const values = Object.fromEntries(Object.entries(cells).map(([cell, { value }]) => [cell, value]))
    school.sheets.push(pulledSheet(id, values))
  }
  const device = testDevice(school, accounts())
  const listeners = new Set<() => void>()
  let ready = false
  const accepted: string[] = []
  const updates: Updates = {
    ready: () => ready,
    subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    accept: () => accepted.push('yes'),
    waitFor: () => () => {},
  }
  const offerUpdate = () => {
    ready = true
    for (const listener of listeners) listener()
  }
  const show = () => render(<Root device={device} updates={updates} />)
  return { school, device, show, accepted, offerUpdate, user: userEvent.setup() }
}

async function enter(
  user: ReturnType<typeof userEvent.setup>,
  login: string,
  password: string,
  remember = false,
) {
  await user.type(await screen.findByLabelText('Логин'), login)
  await user.type(screen.getByLabelText('Пароль'), password)
  if (remember) await user.click(screen.getByRole('checkbox'))
  await user.click(screen.getByRole('button', { name: 'Войти' }))
}

// What a browser has from its cache by now takes a test runner seconds to read.
beforeAll(() =>
  Promise.all([loadFirstScreens(true), import('../store/sign-in'), import('../sync/journal-schemas')]),
)

beforeEach(() => {
  history.replaceState(null, '', '/')
  localStorage.clear()
})

test('staff come in to Today, and know where their entries are', async () => {
  const { show, user } = aBrowser()
  show()
  await enter(user, 'orlova', 'колокольчик-7')
  const nav = await screen.findByRole('navigation', { name: 'Разделы' })
  expect(within(nav).getByRole('link', { name: 'Сегодня' })).toHaveAttribute('aria-current', 'page')
  expect(within(nav).queryByRole('link', { name: 'Дневник' })).not.toBeInTheDocument()
  expect(await screen.findByText(/Всё в школе/)).toBeInTheDocument()
  expect(document.title).not.toContain('Орлова')
})

test('a family comes in to the diary', async () => {
  const { show, user } = aBrowser()
  show()
  await enter(user, 'abramova', 'дневник-дочери')
  await screen.findByRole('navigation', { name: 'Разделы' })
  await waitFor(() => expect(location.pathname).toBe('/diary'))
  expect(screen.queryByRole('link', { name: 'Неделя' })).not.toBeInTheDocument()
})

test('remembered, the journal opens without a door, offline too; signing out leads back to it', async () => {
  const { school, show, user } = aBrowser()
  const first = show()
  await enter(user, 'orlova', 'колокольчик-7', true)
  await screen.findByText(/Всё в школе/)
  first.unmount()
  school.down = true
  history.replaceState(null, '', '/account')
  show()
  await user.click(await screen.findByRole('button', { name: 'Выйти' }))
  expect(await screen.findByLabelText('Логин')).toBeInTheDocument()
  expect(location.pathname).toBe('/')
})

test('a journal that opens by itself does so though the note of it is lost', async () => {
  const { show, user } = aBrowser()
  const first = show()
  await enter(user, 'orlova', 'колокольчик-7', true)
  await screen.findByText(/Всё в школе/)
  first.unmount()
  localStorage.clear()
  show()
  expect(await screen.findByRole('navigation', { name: 'Разделы' })).toBeInTheDocument()
})

test('where nobody is remembered the door stands in the first frame', async () => {
  const { show, user } = aBrowser()
  const first = show()
  await enter(user, 'orlova', 'колокольчик-7')
  await screen.findByText(/Всё в школе/)
  first.unmount()
  show()
  expect(screen.getByLabelText('Логин')).toBeInTheDocument()
  await enter(user, 'orlova', 'колокольчик-7')
  expect(await screen.findByRole('navigation', { name: 'Разделы' })).toBeInTheDocument()
})

test('who signs out in one tab is signed out in the others', async () => {
  const { show, user, device } = aBrowser()
  show()
  await enter(user, 'orlova', 'колокольчик-7')
  await screen.findByRole('navigation', { name: 'Разделы' })
  const vault = device.cookie.owner()
  window.dispatchEvent(new StorageEvent('storage', { key: 'zvonok-signed-out', newValue: `${vault} 1` }))
  expect(await screen.findByLabelText('Логин')).toBeInTheDocument()
})

test('an ended session says so everywhere, and one may sign in again without losing the journal', async () => {
  const { school, show, user } = aBrowser()
  const first = show()
  await enter(user, 'orlova', 'колокольчик-7', true)
  await screen.findByText(/Всё в школе/)
  first.unmount()
  school.fails = 'signed-out'
  show()
  const link = await screen.findByRole('link', { name: 'Войти' })
  await user.click(link)
  school.fails = null
  await enter(user, 'orlova', 'колокольчик-7')
  await waitFor(() => expect(location.pathname).toBe('/'))
  expect(await screen.findByText(/Всё в школе/)).toBeInTheDocument()
})

test('an update waits until the person agrees', async () => {
  const { show, user, offerUpdate, accepted } = aBrowser()
  show()
  await screen.findByLabelText('Логин')
  expect(screen.queryByRole('button', { name: 'Обновить' })).not.toBeInTheDocument()
  offerUpdate()
  await user.click(await screen.findByRole('button', { name: 'Обновить' }))
  expect(accepted).toEqual(['yes'])
})

test('an address that leads nowhere says so and leads back', async () => {
  const { show, user } = aBrowser()
  history.replaceState(null, '', '/no-such-page')
  show()
  await enter(user, 'orlova', 'колокольчик-7')
  expect(await screen.findByText('Такой страницы нет.')).toBeInTheDocument()
})
