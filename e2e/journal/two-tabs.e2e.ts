import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import type { Entry } from 'shared/journal/entry'
import { must } from 'shared/plain/must'
import { badge, LessonPage, signInAt } from '../pages/journal-pages'
import { mathLesson, SchoolSide } from '../school'
import { story } from '../story'

const school = story()

interface Pushes {
  /** The ids in the pushes that the school has answered, once for each time. */
  answered: string[]
}

function countPushes(context: BrowserContext): Pushes {
  const pushes: Pushes = { answered: [] }
  context.on('response', (response) => {
    if (!response.url().endsWith('/api/push') || !response.ok()) return
    const { entries } = response.request().postDataJSON() as { entries: Entry[] }
    pushes.answered.push(...entries.map(({ id }) => id))
  })
  return pushes
}

async function openTab(page: Page): Promise<LessonPage> {
  await signInAt(page, school.stack.url, 'orlova')
  const lesson = new LessonPage(page)
  await lesson.open(mathLesson)
  return lesson
}

async function entriesAtSchool(cells: readonly string[]): Promise<string[]> {
  return (await SchoolSide.as(school.stack, 'orlova')).entriesOn(mathLesson, cells)
}

test('two tabs of one teacher write: both show everything, and each entry is pushed once', async () => {
  const tablet = await school.newDevice()
  const pushes = countPushes(tablet.context)
  const [first, second] = [tablet.page, await tablet.context.newPage()]
  const tabs = [first, second]
  const [one, other] = [await openTab(first), await openTab(second)]

  await tablet.loseNetwork()
  await one.mark('Абрамов Кирилл', '5')
  await other.expectMark('Абрамов Кирилл', '5')
  await other.mark('Белкина Софья', '4')
  await one.expectMark('Белкина Софья', '4')
  await one.mark('Воронин Артём', '3')
  await other.topic('Десятичные дроби')
  for (const page of tabs) await expect(badge(page)).toContainText('4 записи на этом устройстве')
  await tablet.meetNetwork()
  for (const page of tabs) await expect(badge(page)).toContainText('Всё в школе', { timeout: 30_000 })

  // With a network too, and at once.
  await Promise.all([one.mark('Гусева Дарья', '5'), other.mark('Ежов Михаил', '2')])
  for (const lesson of [one, other]) {
    await lesson.expectMark('Гусева Дарья', '5')
    await lesson.expectMark('Ежов Михаил', '2')
    await expect(badge(lesson.page)).toContainText('Всё в школе')
  }
  const cells = ['abramov', 'belkina', 'voronin', 'guseva', 'ezhov'].map((id) => `mark:answer:${id}`)
  const entries = await entriesAtSchool([...cells, 'topic'])
  expect(entries).toHaveLength(6)
  expect(pushes.answered.toSorted()).toEqual(entries.toSorted())
})

test('the tab that is sending is closed: the other one takes over', async () => {
  const tablet = await school.newDevice()
  const tabs = [tablet.page, await tablet.context.newPage()]
  for (const page of tabs) await openTab(page)
  const pushes = countPushes(tablet.context)
  const sending: Page[] = []
  // One tab sends for both. Its push is on the way and stays there.
  await tablet.context.route('**/api/push', (route) => void sending.push(route.request().frame().page()), {
    times: 1,
  })
  await new LessonPage(tablet.page).mark('Абрамов Кирилл', '5')
  await expect(() => expect(sending).toHaveLength(1)).toPass()
  const stays = new LessonPage(
    must(
      tabs.find((page) => page !== sending[0]),
      'the other tab',
    ),
  )
  await stays.mark('Белкина Софья', '4')
  await expect(badge(stays.page)).toContainText('2 записи на этом устройстве')
  expect(pushes.answered).toEqual([])

  await sending[0]?.close()
  await expect(badge(stays.page)).toContainText('Всё в школе', { timeout: 30_000 })
  await stays.expectMark('Абрамов Кирилл', '5')
  await stays.expectMark('Белкина Софья', '4')
  const entries = await entriesAtSchool(['mark:answer:abramov', 'mark:answer:belkina'])
  expect(entries).toHaveLength(2)
  expect(pushes.answered.toSorted()).toEqual(entries.toSorted())
})
