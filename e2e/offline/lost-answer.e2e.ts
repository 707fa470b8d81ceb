import { expect, test, type Page, type Route } from '@playwright/test'
import type { PushReply } from 'shared/wire/push'
import { badge, LessonPage, signInAt, UnsentPage } from '../pages/journal-pages'
import { mathLesson, SchoolSide } from '../school'
import { story } from '../story'

const school = story()
const child = 'Абрамов Кирилл'
const cell = 'mark:answer:abramov'

async function openLesson(page: Page): Promise<LessonPage> {
  await signInAt(page, school.stack.url, 'orlova')
  const lesson = new LessonPage(page)
  await lesson.open(mathLesson)
  return lesson
}

async function entryIds(mark: string): Promise<string[]> {
  const side = await SchoolSide.as(school.stack, 'orlova')
  return (await side.history(mathLesson, mark)).map(({ id }) => id)
}

test('a push whose answer is lost is repeated: one entry, one receipt, and the badge never claims too much', async () => {
  const { page } = await school.newDevice()
  const lesson = await openLesson(page)
  const receipts: PushReply['receipts'][] = []
  const said: string[] = []
  let answersGetThrough = false
  await page.route('**/api/push', async (route) => {
    const reply = await route.fetch()
    receipts.push(((await reply.json()) as PushReply).receipts)
    said.push((await badge(page).textContent()) ?? '')
    await (answersGetThrough ? route.fulfill({ response: reply }) : route.abort('connectionreset'))
  })
  await lesson.mark(child, '5')
  // The school has it and the device does not know: it goes on trying, and goes on saying so.
  await expect(() => expect(receipts.length).toBeGreaterThanOrEqual(2)).toPass()
  expect(await entryIds(cell)).toHaveLength(1)
  await expect(badge(page)).toContainText('1 запись на этом устройстве')
  answersGetThrough = true
  await expect(badge(page)).toContainText('Всё в школе', { timeout: 30_000 })

  for (const text of said) expect(text).toContain('1 запись на этом устройстве')
  const [first, ...others] = receipts
  expect(first).toHaveLength(1)
  for (const other of others) expect(other).toEqual(first)
  expect(await entryIds(cell)).toEqual([first?.[0]?.entry])
  await lesson.expectMark(child, '5')
})

test('a server killed while a push comes in and started again over its data has lost and doubled nothing', async () => {
  const { page } = await school.newDevice()
  const lesson = await openLesson(page)
  const { stack } = school

  async function killed(route: Route, when: 'after the answer' | 'on arrival'): Promise<void> {
    const reply = route.fetch().then(
      (answer) => answer.status(),
      () => null,
    )
    if (when === 'after the answer') expect(await reply).toBe(200)
    await stack.kill('SIGKILL')
    await reply
    await route.abort('connectionreset')
  }

  const rounds = [
    { mark: '5', when: 'after the answer' },
    { mark: '4', when: 'on arrival' },
  ] as const
  for (const { mark, when } of rounds) {
    const kills: Promise<void>[] = []
    await page.route('**/api/push', (route) => void kills.push(killed(route, when)), { times: 1 })
    await lesson.mark(child, mark)
    await expect(() => expect(kills).toHaveLength(1)).toPass()
    await kills[0]
    await expect(badge(page)).toContainText('1 запись на этом устройстве')
    await stack.launch()
    await new UnsentPage(page).open()
    await new UnsentPage(page).sendNow()
    await expect(badge(page)).toContainText('Всё в школе', { timeout: 30_000 })
    await lesson.open(mathLesson)
    await lesson.expectMark(child, mark)
  }

  const side = await SchoolSide.as(stack, 'orlova')
  const entries = await side.history(mathLesson, cell)
  expect(entries.map(({ value }) => value)).toEqual(['5', '4'])
  expect(entries.map(({ standing }) => standing)).toEqual([{ is: 'replaced' }, { is: 'holds' }])
})
