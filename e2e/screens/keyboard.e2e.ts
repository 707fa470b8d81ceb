import { expect, test, type Page } from '@playwright/test'
import { desktop, phone } from '../device'
import { badge, LessonPage, signInAt } from '../pages/journal-pages'
import { Keyboard } from '../pages/keyboard'
import { mathLesson, SchoolSide } from '../school'
import { story } from '../story'

const school = story()

async function marksAtSchool(students: readonly string[]): Promise<unknown[]> {
  const side = await SchoolSide.as(school.stack, 'orlova')
  const newest = await Promise.all(
    students.map(async (student) => (await side.history(mathLesson, `mark:answer:${student}`)).at(-1)),
  )
  return newest.map((entry) => entry?.value)
}

/** The cell of today's lesson, by the number of its row. */
function cellOfToday(page: Page, row: number) {
  return page.locator('.journal-cell.journal-today').nth(row)
}

test('a lesson is filled by keyboard alone, from the door to the school', async () => {
  const { page } = await school.newDevice(desktop)
  const keys = new Keyboard(page)
  await page.goto(school.stack.url)
  await expect(page.getByRole('button', { name: 'Войти' })).toBeVisible()
  await keys.to('Логин')
  await keys.type('orlova')
  await keys.to('Пароль')
  await keys.type('orlova-2026')
  await page.keyboard.press('Enter')
  await expect(badge(page)).toContainText('Всё в школе')

  await keys.to(/5А.*Математика|Открыть урок/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('5А')
  await keys.to('Тема урока')
  await keys.type('Натуральные числа')
  await keys.to('Все присутствуют')
  await keys.press('Enter')
  await keys.to(/Абрамов Кирилл: /)
  await keys.press('Enter')
  await new LessonPage(page).expectAbsent('Абрамов Кирилл')
  await keys.to(/Белкина Софья: /)
  await keys.to('4')
  await keys.press('Space')
  await new LessonPage(page).expectMark('Белкина Софья', '4')
  await keys.to('5')
  await keys.press('Space')
  await new LessonPage(page).expectMark('Белкина Софья', '5')
  await keys.press('Control+z')
  await new LessonPage(page).expectMark('Белкина Софья', '4')

  await keys.to('Ещё: Белкина Софья')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await keys.look()
  await keys.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await keys.look()).name).toBe('Ещё: Белкина Софья')
  await expect(badge(page)).toContainText('Всё в школе')
  expect(await marksAtSchool(['belkina'])).toEqual(['4'])
})

test('a column of the journal is typed as in a spreadsheet', async () => {
  const { page } = await school.newDevice(desktop)
  const keys = new Keyboard(page)
  await signInAt(page, school.stack.url, 'orlova')
  await keys.to('Математика')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid')).toBeVisible()
  await keys.toThe(cellOfToday(page, 0))
  await keys.press('5', 'Enter', '4', 'Enter', '3', 'Enter')
  // «н» of a keyboard that is switched to Latin letters.
  await keys.press('y')
  for (const [row, value] of ['5', '4', '3', 'Н'].entries()) {
    await expect(cellOfToday(page, row)).toContainText(value)
  }
  await keys.press('Control+z')
  await expect(cellOfToday(page, 3)).not.toContainText('Н')
  await keys.press('ArrowUp', '2', 'Delete')
  await expect(cellOfToday(page, 2)).not.toContainText(/[23]/)

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(cellOfToday(page, 2)).toBeFocused()
  await keys.press('F2')
  await expect(page.getByRole('dialog')).toBeVisible()
  await keys.press('Escape')
  await expect(cellOfToday(page, 2)).toBeFocused()

  await expect(badge(page)).toContainText('Всё в школе')
  expect(await marksAtSchool(['abramov', 'belkina', 's003'])).toEqual(['5', '4', null])
})

test('on a phone a tap on a cell opens the picker, and a tap on a mark goes on to the next student', async () => {
  const { page } = await school.newDevice(phone)
  await signInAt(page, school.stack.url, 'orlova')
  await page.evaluate(() => history.pushState(null, '', '/journal/math-5a'))
  await cellOfToday(page, 0).tap()
  const picker = page.getByRole('dialog')
  await expect(picker).toContainText('Абрамов Кирилл')
  await picker.getByRole('button', { name: '5', exact: true }).tap()
  await expect(cellOfToday(page, 0)).toContainText('5')
  await expect(picker).toContainText('Белкина Софья')
  await picker.getByRole('button', { name: '4', exact: true }).tap()
  await expect(cellOfToday(page, 1)).toContainText('4')
  await picker.getByRole('button', { name: 'Закрыть' }).tap()
  await expect(picker).toHaveCount(0)
  await expect(badge(page)).toContainText('Всё в школе')
  expect(await marksAtSchool(['abramov', 'belkina'])).toEqual(['5', '4'])
})
