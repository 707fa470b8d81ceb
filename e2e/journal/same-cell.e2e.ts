import { expect, test } from '@playwright/test'
import type { Device } from '../device'
import { badge, LessonPage, signInAt, UnsentPage } from '../pages/journal-pages'
import { mathLesson, SchoolSide } from '../school'
import { story, type Story } from '../story'

const school = story()

async function openLesson({ stack, newDevice }: Story, login: string): Promise<Device> {
  const device = await newDevice()
  await signInAt(device.page, stack.url, login)
  await new LessonPage(device.page).open(mathLesson)
  return device
}

async function send(device: Device): Promise<void> {
  await device.meetNetwork()
  await expect(badge(device.page)).not.toContainText('на этом устройстве', { timeout: 30_000 })
}

/** The badge and the list tell of the one entry that gave way, with both values. */
async function expectGaveWay(device: Device, mine: string, inJournal: string): Promise<UnsentPage> {
  await expect(badge(device.page)).toContainText('1 запись уступила', { timeout: 30_000 })
  const list = new UnsentPage(device.page)
  await list.open()
  const entry = list.group('Уступили другой записи').filter({ hasText: 'математика' })
  await expect(entry).toContainText(mine)
  await expect(entry).toContainText(`В журнале: ${inJournal}`)
  return list
}

async function standings(login: string, cell: string): Promise<{ value: unknown; is: string }[]> {
  const side = await SchoolSide.as(school.stack, login)
  const entries = await side.history(mathLesson, cell)
  return entries.map(({ value, standing }) => ({ value, is: (standing as { is: string }).is }))
}

const child = 'Белкина Софья'

for (const first of ['the teacher', 'the homeroom teacher']) {
  test(`two people give a reason without a network, ${first} arrives first: the homeroom teacher’s holds, the teacher is told and can set it again`, async () => {
    const teacher = await openLesson(school, 'orlova')
    const teacherPage = new LessonPage(teacher.page)
    await teacherPage.absent(child)
    await expect(badge(teacher.page)).toContainText('Всё в школе')
    const [homeroom, atHome] = [await openLesson(school, 'klimova'), await openLesson(school, 'orlova')]
    const homeroomPage = new LessonPage(homeroom.page)
    await homeroomPage.expectAttendance(child, 'Н')

    await Promise.all([teacher.loseNetwork(), homeroom.loseNetwork()])
    await teacherPage.reason(child, 'болезнь')
    await homeroomPage.reason(child, 'уважительная причина')
    await teacherPage.expectAttendance(child, 'Б')
    await homeroomPage.expectAttendance(child, 'У')
    const order = first === 'the teacher' ? [teacher, homeroom] : [homeroom, teacher]
    for (const device of order) await send(device)

    for (const { page } of [teacher, homeroom, atHome])
      await new LessonPage(page).expectAttendance(child, 'У')
    const came = [
      { value: 'ill', is: 'superseded' },
      { value: 'excused', is: 'holds' },
    ]
    expect(await standings('orlova', 'reason:belkina')).toEqual(
      first === 'the teacher' ? came : came.toReversed(),
    )
    await expectGaveWay(atHome, 'болезнь', 'уважительная причина')
    const list = await expectGaveWay(teacher, 'болезнь', 'уважительная причина')
    await expect(badge(homeroom.page)).toContainText('Всё в школе')

    await list.setAgain()
    for (const { page } of [teacher, homeroom, atHome]) {
      await expect(badge(page)).toContainText('Всё в школе')
      const lesson = new LessonPage(page)
      await lesson.open(mathLesson)
      await lesson.expectAttendance(child, 'Б')
    }
    const after = await standings('orlova', 'reason:belkina')
    expect(after).toHaveLength(3)
    expect(after.at(-1)).toEqual({ value: 'ill', is: 'holds' })
  })
}

for (const first of ['the earlier mark', 'the later mark']) {
  test(`one teacher marks a cell on two tablets without a network, ${first} arrives first: the later holds, both tablets tell of the other`, async () => {
    const tablet = await openLesson(school, 'orlova')
    const other = await openLesson(school, 'orlova')
    await Promise.all([tablet.loseNetwork(), other.loseNetwork()])
    await new LessonPage(tablet.page).mark(child, '3')
    await new LessonPage(tablet.page).expectMark(child, '3')
    await new LessonPage(other.page).mark(child, '4')
    await new LessonPage(other.page).expectMark(child, '4')
    const order = first === 'the earlier mark' ? [tablet, other] : [other, tablet]
    for (const device of order) await send(device)

    for (const { page } of [tablet, other]) await new LessonPage(page).expectMark(child, '4')
    const came = [
      { value: '3', is: 'superseded' },
      { value: '4', is: 'holds' },
    ]
    expect(await standings('orlova', 'mark:answer:belkina')).toEqual(
      first === 'the earlier mark' ? came : came.toReversed(),
    )
    await expectGaveWay(other, `${child} — 3`, '4')
    const list = await expectGaveWay(tablet, `${child} — 3`, '4')

    await list.setAgain()
    for (const { page } of [tablet, other]) {
      await expect(badge(page)).toContainText('Всё в школе')
      const lesson = new LessonPage(page)
      await lesson.open(mathLesson)
      await lesson.expectMark(child, '3')
    }
    const after = await standings('orlova', 'mark:answer:belkina')
    expect(after).toHaveLength(3)
    expect(after.at(-1)).toEqual({ value: '3', is: 'holds' })
  })
}
