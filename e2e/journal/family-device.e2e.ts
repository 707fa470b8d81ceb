import { expect, test, type Page } from '@playwright/test'
import type { PullReply } from 'shared/wire/pull'
import { phone } from '../device'
import { badge, LessonPage, signInAt, SignInPage, UnsentPage } from '../pages/journal-pages'
import { mathLesson, SchoolSide, type Student } from '../school'
import { story } from '../story'

const school = story()
const own = new Set(['abramov', 'abramova-liza'])

/** The body of every reply of the school's interface that this page gets. */
function watchReplies(page: Page): { path: string; body: Promise<string> }[] {
  const replies: { path: string; body: Promise<string> }[] = []
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname
    // The stream never ends, and says no more than that there is news.
    if (path.startsWith('/api/') && path !== '/api/stream' && path !== '/api/demo')
      replies.push({ path, body: response.text() })
  })
  return replies
}

/** Whose children these words tell of: by id, or by surname and name. */
function toldOf(body: string, students: readonly Student[]): string[] {
  const words = new Set(body.split(/[^\p{L}\p{N}_-]+/u))
  return students
    .filter(({ id, last, first }) => words.has(id) || body.includes(nameAsSent(last, first)))
    .map(({ id }) => id)
}

const nameAsSent = (last: string, first: string) => `"last":"${last}","first":"${first}"`

test('a guardian’s phone learns nothing of other children, and opens the diary without a network with its age', async () => {
  const { stack, newDevice } = school
  const everybody = await (await SchoolSide.as(stack, 'fomina')).students()
  const others = everybody.filter(({ id }) => !own.has(id))
  expect(everybody.length - others.length).toBe(2)
  expect(others.length).toBeGreaterThan(50)

  const teacher = await newDevice()
  const seenByTeacher = watchReplies(teacher.page)
  await signInAt(teacher.page, stack.url, 'orlova')
  const lesson = new LessonPage(teacher.page)
  await lesson.open(mathLesson)
  await lesson.allPresent()
  await lesson.mark('Абрамов Кирилл', '4')
  await expect(badge(teacher.page)).toContainText('Всё в школе')

  const family = await newDevice(phone)
  const replies = watchReplies(family.page)
  await signInAt(family.page, stack.url, 'abramova')
  await expect(family.page.getByRole('button', { name: '4, ответ на уроке' }).first()).toBeVisible()

  // Another child's mark: the next pull is as empty as if nothing had happened.
  await lesson.mark('Белкина Софья', '2')
  await lesson.absent('Воронин Артём')
  await expect(badge(teacher.page)).toContainText('Всё в школе')
  const list = new UnsentPage(family.page)
  await list.open()
  const before = replies.length
  await list.sendNow()
  const pulls = () => replies.slice(before).filter(({ path }) => path === '/api/pull')
  await expect(() => expect(pulls().length).toBeGreaterThan(0)).toPass()
  for (const { body } of pulls()) {
    const { sheets, gone } = JSON.parse(await body) as PullReply
    expect({ sheets, gone }).toEqual({ sheets: [], gone: [] })
  }

  // The own child's mark comes, by itself.
  await lesson.mark('Абрамов Кирилл', '5')
  await family.page.getByRole('link', { name: 'Дневник' }).click()
  await expect(family.page.getByRole('button', { name: '5, ответ на уроке' }).first()).toBeVisible({
    timeout: 30_000,
  })
  for (const { path, body } of replies)
    expect({ path, others: toldOf(await body, others) }).toEqual({ path, others: [] })
  // The same look finds them where they are to be seen.
  const staff = (await Promise.all(seenByTeacher.map(({ body }) => body))).join()
  expect(toldOf(staff, others)).toEqual(expect.arrayContaining(['belkina', 'voronin']))
  expect(staff).toContain(nameAsSent('Белкина', 'Софья'))

  await family.loseNetwork()
  await family.restart()
  await family.page.goto(`${stack.url}/diary`)
  await new SignInPage(family.page).enter('abramova')
  await expect(family.page.getByText(/без сети, данные от 09:4\d/)).toBeVisible()
  await expect(family.page.getByRole('button', { name: '5, ответ на уроке' }).first()).toBeVisible()
  await expect(family.page.getByText(/Белкин|Воронин/)).toHaveCount(0)
})
