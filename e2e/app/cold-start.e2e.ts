import { expect, test } from '@playwright/test'
import { SignInPage, signInAt } from '../pages/journal-pages'
import { story } from '../story'

const school = story()

test('a tablet that is opened without a network shows the door, and the day behind it', async () => {
  const device = await school.newDevice()
  await signInAt(device.page, school.stack.url, 'orlova')
  await device.loseNetwork()
  await device.turnOff()

  const launched = Date.now()
  await device.turnOn()
  const opened = Date.now()
  await device.page.goto(school.stack.url)
  await expect(device.page.getByRole('button', { name: 'Войти' })).toBeVisible()
  const atDoor = Date.now()
  await new SignInPage(device.page).enter('orlova')
  await expect(device.page.getByRole('heading', { level: 1 })).toContainText('16 сентября')
  await expect(device.page.getByRole('link', { name: /5А.*Математика/ }).first()).toBeVisible()
  const inside = Date.now()
  // A report, not a promise: the machine that runs this is no teacher's tablet.
  process.stdout.write(
    `cold start offline: browser ${opened - launched} ms, door ${atDoor - opened} ms, sign-in and Today ${inside - atDoor} ms\n`,
  )
})
