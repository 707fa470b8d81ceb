import { expect, test } from '@playwright/test'
import { desktop, Device, phone } from '../device'
import { badge, LessonPage, SignInPage } from '../pages/journal-pages'
import { duringLesson, mathLesson, SchoolSide } from '../school'
import { Stack } from '../stack'
import { complaintsOf, look } from './look'
import { OtherHands } from './other-hands'

/** 09:30 on a Friday in Moscow: the second lesson is going on. */
const friday = '2026-11-20T06:30:00Z'

let stack: Stack
let device: Device
let complaints: string[]

async function open(demo: 'small' | 'fixture', clock: string): Promise<void> {
  stack = await Stack.start({ demo, clock })
  device = await Device.buy(desktop)
  complaints = complaintsOf(device.page)
  await device.page.goto(stack.url)
}

test.afterEach(async () => {
  await device.scrap()
  await stack.stop()
  expect(complaints).toEqual([])
})

test('what a teacher sees: the door, the day, the week, the lesson, the journal, the account', async () => {
  test.setTimeout(180_000)
  await open('small', friday)
  const { page } = device
  await expect(page.getByText('Ким Элла Германовна')).toBeVisible()
  await look(page, 'sign-in')

  await new SignInPage(page).enter('kim')
  await expect(badge(page)).toContainText('Всё в школе')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('20 ноября')
  await look(page, 'today')

  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Неделя' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await look(page, 'week')

  await new LessonPage(page).open('lesson:x40:2026-11-20:2')
  await look(page, 'lesson')

  await page.evaluate(() => history.pushState(null, '', '/journal/x40'))
  await expect(page.getByRole('grid')).toBeVisible()
  await look(page, 'journal')

  await page.getByRole('link', { name: 'Профиль' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await look(page, 'account')
})

test('what a family sees: the day and the week of their child', async () => {
  test.setTimeout(120_000)
  await open('small', friday)
  const { page } = device
  await new SignInPage(page).enter('alekseeva')
  await expect(badge(page)).toBeVisible()
  await expect(page.getByText(/обновлено/i).first()).toBeVisible()
  await look(page, 'diary-week')
  await page.getByRole('button', { name: 'Неделя', exact: true }).click()
  await look(page, 'diary-day')
})

test('what a teacher sees of entries that are not settled', async () => {
  test.setTimeout(120_000)
  await open('fixture', duringLesson)
  const { page, context } = device
  const lesson = new LessonPage(page)
  await new SignInPage(page).enter('orlova')
  await expect(badge(page)).toContainText('Всё в школе')

  await context.route('**/api/push', (route) => route.abort())
  await lesson.open(mathLesson)
  await lesson.mark('Абрамов Кирилл', '5')
  await lesson.mark('Белкина Софья', '2')
  await lesson.open('lesson:math-5a:2026-09-09:2')
  await lesson.mark('Воронин Артём', '4')
  await expect(badge(page)).toContainText('3 записи на этом устройстве')

  const director = await OtherHands.of(await SchoolSide.as(stack, 'shilov'))
  const value = { preset: 'product-default', overrides: { 'marks.scale': ['3', '4', '5'] } }
  await director.push('policy', 'keep-directory', [{ cell: 'policy:2026-09-16', value }])
  const sameTeacher = await OtherHands.of(await SchoolSide.as(stack, 'orlova'))
  // Rules bind ten seconds after they came (A3).
  await expect
    .poll(
      async () =>
        (await sameTeacher.push(mathLesson, 'set-mark', [{ cell: 'mark:answer:guseva', value: '2' }])).is,
      { timeout: 30_000 },
    )
    .toBe('out')
  const phoneOfSame = await Device.buy(phone)
  try {
    await phoneOfSame.page.goto(stack.url)
    await new SignInPage(phoneOfSame.page).enter('orlova')
    await new LessonPage(phoneOfSame.page).open(mathLesson)
    await new LessonPage(phoneOfSame.page).mark('Абрамов Кирилл', '3')
    await expect(badge(phoneOfSame.page)).toContainText('Всё в школе')
  } finally {
    await phoneOfSame.scrap()
  }

  await context.unroute('**/api/push')
  await badge(page).click()
  await page.getByRole('button', { name: 'Отправить сейчас' }).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(3, { timeout: 30_000 })
  await context.route('**/api/push', (route) => route.abort())
  await lesson.open(mathLesson)
  await lesson.absent('Ежов Михаил')
  await lesson.topic('Десятичные дроби')
  await look(page, 'lesson-unsettled')
  await badge(page).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4)
  await look(page, 'unsent')
})
