import { expect, test } from '@playwright/test'
import { badge, LessonPage, signInAt, SignInPage } from '../pages/journal-pages'
import { duringLesson, mathLesson, SchoolSide } from '../school'
import { story } from '../story'

const school = story()

test('a tablet three hours ahead that is corrected without a network sends everything, once and in time', async () => {
  const tablet = await school.newDevice()
  await tablet.page.goto(school.stack.url)
  await tablet.setCalendar(3)
  await signInAt(tablet.page, school.stack.url, 'orlova')
  const wall = () => tablet.page.evaluate(() => Date.now())
  expect((await wall()) - Date.now()).toBeGreaterThan(2.9 * 3_600_000)
  const lesson = new LessonPage(tablet.page)
  await lesson.open(mathLesson)
  await lesson.mark('Абрамов Кирилл', '5')
  await expect(badge(tablet.page)).toContainText('Всё в школе')

  await tablet.loseNetwork()
  await lesson.mark('Белкина Софья', '4')
  await lesson.topic('Десятичные дроби')
  await tablet.setCalendar(0)
  expect(Math.abs((await wall()) - Date.now())).toBeLessThan(60_000)
  await lesson.mark('Воронин Артём', '3')
  await lesson.allPresent()
  await expect(badge(tablet.page)).toContainText('4 записи на этом устройстве')

  await tablet.restart()
  await tablet.page.goto(`${school.stack.url}/lesson/${encodeURIComponent(mathLesson)}`)
  await new SignInPage(tablet.page).enter('orlova')
  const again = new LessonPage(tablet.page)
  await again.expectMark('Воронин Артём', '3')
  await again.homework('№ 214, 215')
  await expect(badge(tablet.page)).toContainText('5 записей на этом устройстве')

  await tablet.meetNetwork()
  await expect(badge(tablet.page)).toContainText('Всё в школе', { timeout: 30_000 })

  const side = await SchoolSide.as(school.stack, 'orlova')
  const cells = [
    'mark:answer:abramov',
    'mark:answer:belkina',
    'topic',
    'mark:answer:voronin',
    'taken',
    'homework',
  ]
  const entries = (await Promise.all(cells.map((cell) => side.history(mathLesson, cell)))).flat()
  expect(entries).toHaveLength(cells.length)
  expect(new Set(entries.map(({ id }) => id)).size).toBe(cells.length)
  for (const { admission, standing, made, received } of entries) {
    expect(admission).toEqual({ is: 'in' })
    expect(standing).toEqual({ is: 'holds' })
    // Neither hour of the wrong calendar is believed: all was made between the sign-in and its arrival.
    expect(made.from).toBeGreaterThanOrEqual(Date.parse(duringLesson))
    expect(made.to).toBeLessThanOrEqual(received)
    expect(made.from).toBeLessThanOrEqual(made.to)
  }
  // The badge's own clock is the school's again: the last contact was just now.
  await expect(badge(tablet.page)).toContainText(/09:4\d/)
})
