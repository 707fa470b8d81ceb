import { expect, test, type Page } from '@playwright/test'
import { badge, LessonPage, signInAt, SignInPage, signOut } from '../pages/journal-pages'
import { mathLesson, SchoolSide } from '../school'
import { story } from '../story'

const school = story()
const topic = 'Десятичные дроби'

/** Everything that the browser keeps for this address, as text. */
async function keptOnDevice(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
      })
    const found: unknown[] = [Object.entries(localStorage)]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      for (const store of database.objectStoreNames)
        found.push(await done(database.transaction(store).objectStore(store).getAll()))
      database.close()
    }
    return JSON.stringify(found)
  })
}

test('two people share a tablet: neither sees the other’s journal, and what the first wrote waits for them', async () => {
  const tablet = await school.newDevice()
  const { page } = tablet
  await signInAt(page, school.stack.url, 'gromov')
  await signOut(page)
  await signInAt(page, school.stack.url, 'orlova')
  const lesson = new LessonPage(page)
  await lesson.open(mathLesson)

  await tablet.loseNetwork()
  await lesson.mark('Абрамов Кирилл', '5')
  await lesson.topic(topic)
  await expect(badge(page)).toContainText('2 записи на этом устройстве')
  await signOut(page)

  const door = new SignInPage(page)
  await door.try('gromov', 'orlova-2026')
  await expect(page.getByRole('alert')).toHaveText(
    'Неверный логин или пароль. Проверьте раскладку и заглавные буквы.',
  )
  await expect(badge(page)).toHaveCount(0)
  await door.enter('gromov')
  await expect(page.getByRole('link', { name: /Математика/ })).toHaveCount(0)
  await page.evaluate(
    (path) => history.pushState(null, '', path),
    `/lesson/${encodeURIComponent(mathLesson)}`,
  )
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(topic)).toHaveCount(0)
  await expect(page.getByLabel('Тема урока')).toHaveValue('')
  await expect(lesson.student('Абрамов Кирилл').locator('button[aria-pressed="true"]')).toHaveCount(0)
  await expect(badge(page)).not.toContainText('на этом устройстве')
  const kept = await keptOnDevice(page)
  expect(kept.length).toBeGreaterThan(10_000)
  for (const secret of [topic, mathLesson, 'mark:answer', 'Абрамов', 'orlova-2026'])
    expect(kept).not.toContain(secret)

  // The other's contact sends nothing in the first one's name.
  await tablet.meetNetwork()
  await page.getByRole('link', { name: 'Сегодня' }).click()
  await expect(badge(page)).toContainText(/^.?Всё в школе, \d\d:\d\d(?! ·)/, { timeout: 30_000 })
  await expect(badge(page)).not.toContainText('без сети')
  const side = await SchoolSide.as(school.stack, 'orlova')
  expect(await side.entriesOn(mathLesson, ['mark:answer:abramov', 'topic'])).toEqual([])
  await signOut(page)

  await door.enter('orlova')
  await expect(badge(page)).toContainText('Всё в школе', { timeout: 30_000 })
  await lesson.open(mathLesson)
  await lesson.expectMark('Абрамов Кирилл', '5')
  const entries = await Promise.all(
    ['mark:answer:abramov', 'topic'].map((cell) => side.history(mathLesson, cell)),
  )
  expect(entries.map((list) => list.map(({ author }) => author))).toEqual([['orlova'], ['orlova']])
})
