import { expect, test } from '@playwright/test'
import { Device } from '../device'
import { badge, LessonPage, SignInPage } from '../pages/journal-pages'
import { UpdatePage } from '../pages/update-page'
import { duringLesson, mathLesson, SchoolSide } from '../school'
import { Stack } from '../stack'
import { Builds } from './builds'

let stack: Stack
let builds: Builds
let device: Device

test.beforeEach(async () => {
  builds = await Builds.make()
  stack = await Stack.start({ demo: 'fixture', clock: duringLesson, clientDir: builds.served })
  device = await Device.buy()
  await device.page.goto(stack.url)
  await new SignInPage(device.page).enter('orlova')
  await expect(badge(device.page)).toContainText('Всё в школе')
  await device.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
})

test.afterEach(async () => {
  await device.scrap()
  await stack.stop()
  await builds.discard()
})

test('an update never comes by itself, and costs neither an unsent entry nor the words in a field', async () => {
  const { page } = device
  const update = new UpdatePage(page)
  const lesson = new LessonPage(page)
  const address = `${stack.url}/lesson/${encodeURIComponent(mathLesson)}`
  const former = await update.script()

  await device.context.route('**/api/push', (route) => route.abort())
  await lesson.open(mathLesson)
  await lesson.mark('Абрамов Кирилл', '5')
  await expect(badge(page)).toContainText('1 запись на этом устройстве')
  const topic = page.getByLabel('Тема урока')
  await topic.fill('Сложение дро')

  await update.markLoad()
  await builds.install()
  await update.lookForNewer()
  await expect(update.prompt).toBeVisible({ timeout: 30_000 })
  await topic.pressSequentially('бей')
  await expect(topic).toBeFocused()
  await expect(topic).toHaveValue('Сложение дробей')
  await update.expectSameLoad()

  await update.accept()
  await update.expectLoadedAgain()
  await expect(page).toHaveURL(address)
  await new SignInPage(page).enter('orlova')
  expect(await update.script()).not.toBe(former)
  await lesson.expectMark('Абрамов Кирилл', '5')
  await expect(page.getByLabel('Тема урока')).toHaveValue('Сложение дробей')
  // The words, once or twice: a pause in typing keeps them too.
  await expect(badge(page)).toContainText(/[23] записи на этом устройстве/)
  await expect(update.prompt).toHaveCount(0)

  await device.context.unroute('**/api/push')
  await page.reload()
  await new SignInPage(page).enter('orlova')
  await expect(badge(page)).toContainText('Всё в школе', { timeout: 30_000 })
  const school = await SchoolSide.as(stack, 'orlova')
  expect(await school.entriesOn(mathLesson, ['mark:answer:abramov'])).toHaveLength(1)
  const topics = await school.history(mathLesson, 'topic')
  expect(topics.map(({ id }) => id)).toHaveLength(new Set(topics.map(({ id }) => id)).size)
  expect(JSON.stringify(topics.at(-1))).toContain('Сложение дробей')
})

test('a second tab follows the update, but not under the hands of who writes in it', async () => {
  const first = device.page
  const second = await device.context.newPage()
  await second.goto(stack.url)
  await new SignInPage(second).enter('orlova')
  await device.context.route('**/api/push', (route) => route.abort())
  await new LessonPage(second).open(mathLesson)
  const homework = second.getByLabel('Домашнее задание')
  await homework.fill('№ 21')
  await expect(homework).toBeFocused()

  const [here, there] = [new UpdatePage(first), new UpdatePage(second)]
  await here.markLoad()
  await there.markLoad()
  await builds.install()
  await here.lookForNewer()
  await expect(here.prompt).toBeVisible({ timeout: 30_000 })
  await expect(there.prompt).toBeVisible({ timeout: 30_000 })
  await here.accept()
  await here.expectLoadedAgain()
  await homework.pressSequentially('4, 215')
  await there.expectSameLoad()
  await expect(homework).toHaveValue('№ 214, 215')

  await homework.blur()
  await there.expectLoadedAgain()
  await new SignInPage(second).enter('orlova')
  await expect(second.getByLabel('Домашнее задание')).toHaveValue('№ 214, 215')
  await device.context.unroute('**/api/push')
  await second.reload()
  await new SignInPage(second).enter('orlova')
  await expect(badge(second)).toContainText('Всё в школе', { timeout: 30_000 })
  const school = await SchoolSide.as(stack, 'orlova')
  const kept = await school.history(mathLesson, 'homework')
  expect(JSON.stringify(kept.at(-1))).toContain('№ 214, 215')
})
