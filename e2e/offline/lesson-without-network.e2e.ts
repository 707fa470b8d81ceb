import { expect, test } from '@playwright/test'
import { Device, phone, tablet } from '../device'
import { badge, LessonPage, SignInPage } from '../pages/journal-pages'
import { duringLesson, mathLesson, SchoolSide } from '../school'
import { Stack } from '../stack'

let stack: Stack
const devices: Device[] = []

async function newDevice(screen = tablet): Promise<Device> {
  const device = await Device.buy(screen)
  devices.push(device)
  return device
}

test.beforeEach(async () => {
  stack = await Stack.start({ demo: 'fixture', clock: duringLesson })
})

test.afterEach(async () => {
  for (const device of devices.splice(0)) await device.scrap()
  await stack.stop()
})

test('a lesson filled without a network, over a restart of the browser, reaches the school once', async () => {
  const teacher = await newDevice()
  await teacher.page.goto(stack.url)
  await new SignInPage(teacher.page).enter('orlova')
  await expect(badge(teacher.page)).toContainText('Всё в школе')
  await teacher.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)

  await teacher.loseNetwork()
  await teacher.page
    .getByRole('link', { name: /5А.*Математика/ })
    .first()
    .click()
  const lesson = new LessonPage(teacher.page)
  await lesson.allPresent()
  await lesson.absent('Белкина Софья')
  await lesson.mark('Абрамов Кирилл', '5')
  await lesson.topic('Десятичные дроби')
  await expect(badge(teacher.page)).toContainText('4 записи на этом устройстве')

  await teacher.restart()
  await teacher.page.goto(`${stack.url}/lesson/${encodeURIComponent(mathLesson)}`)
  await new SignInPage(teacher.page).enter('orlova')
  const again = new LessonPage(teacher.page)
  await again.expectMark('Абрамов Кирилл', '5')
  await again.expectAbsent('Белкина Софья')
  await expect(teacher.page.getByLabel('Тема урока')).toHaveValue('Десятичные дроби')
  await again.mark('Воронин Артём', '4')
  await again.homework('№ 214, 215')
  await expect(badge(teacher.page)).toContainText('6 записей на этом устройстве')

  await teacher.meetNetwork()
  await expect(badge(teacher.page)).toContainText('Всё в школе', { timeout: 30_000 })

  const school = await SchoolSide.as(stack, 'orlova')
  const cells = [
    'taken',
    'absence:belkina',
    'mark:answer:abramov',
    'mark:answer:voronin',
    'topic',
    'homework',
  ]
  const entries = await school.entriesOn(mathLesson, cells)
  expect(new Set(entries).size).toBe(6)
  expect(entries).toHaveLength(6)

  const second = await newDevice()
  await second.page.goto(stack.url)
  await new SignInPage(second.page).enter('orlova')
  await second.page
    .getByRole('link', { name: /5А.*Математика/ })
    .first()
    .click()
  await new LessonPage(second.page).expectMark('Абрамов Кирилл', '5')
  await new LessonPage(second.page).expectAbsent('Белкина Софья')
  await expect(second.page.getByLabel('Домашнее задание')).toHaveValue('№ 214, 215')

  const family = await newDevice(phone)
  await family.page.goto(stack.url)
  await new SignInPage(family.page).enter('abramova')
  await expect(family.page.getByText('№ 214, 215').first()).toBeVisible()
  await expect(family.page.getByText('Десятичные дроби').first()).toBeVisible()
  await expect(family.page.getByRole('button', { name: /отметка 5|5/i }).first()).toBeVisible()
  await expect(family.page.getByText('Белкина')).toHaveCount(0)
})
