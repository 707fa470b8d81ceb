import { expect, test } from '@playwright/test'
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { tablet, Device } from '../device'
import { badge, LessonPage, signInAt, signOut } from '../pages/journal-pages'
import { duringLesson, mathLesson } from '../school'
import { freePort, Stack } from '../stack'
import { killBrowser } from './browser-processes'
import { findInProfile } from './disk/scan-profile'

const topic = 'Сложение смешанных чисел'
const homework = 'Выучить правило на полях'
const remark = 'Опять рисовал на парте'

/** The surnames of 5А, as the school knows them. */
async function surnames(): Promise<string[]> {
  const file = new URL('../../sync-server/src/demo/data/fixture.json', import.meta.url)
  const { classes } = JSON.parse(await readFile(file, 'utf8')) as {
    classes: { id: string; students: { last: string }[] }[]
  }
  return classes.filter(({ id }) => id === 'c5a').flatMap(({ students }) => students.map(({ last }) => last))
}

test('the scan finds a name wherever a page may leave one, so that finding none means something', async () => {
  const port = await freePort()
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.end('<title>plain</title>')
  }).listen(port, '127.0.0.1')
  const device = await Device.buy(tablet)
  try {
    await device.page.goto(`http://127.0.0.1:${port}/`)
    await device.page.evaluate(async () => {
      localStorage.setItem('student', 'Хранилов')
      const cache = await caches.open('answers')
      await cache.put('/answer', new Response('{"student":"Кешев"}'))
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('journal', 1)
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('students'))
        opening.addEventListener('success', () => resolve(opening.result))
        opening.addEventListener('error', () => reject(opening.error ?? new Error('IndexedDB')))
      })
      const put = (key: number, value: unknown) =>
        new Promise<void>((resolve, reject) => {
          const transaction = db.transaction('students', 'readwrite')
          transaction.objectStore('students').put(value, key)
          transaction.addEventListener('complete', () => resolve())
          transaction.addEventListener('error', () => reject(transaction.error ?? new Error('IndexedDB')))
        })
      await put(1, { name: 'Таблицын', padding: 'аб'.repeat(4000) })
      // More than a table's worth behind it: what came first leaves the log for a table.
      for (let i = 2; i < 300; i += 1) await put(i, crypto.getRandomValues(new Uint8Array(50_000)))
      await put(300, { name: 'Журналов' })
    })
    await device.turnOff()
    const found = await findInProfile(device.profile, [
      'Хранилов',
      'Кешев',
      'Таблицын',
      'Журналов',
      'Никогдаев',
    ])
    const files = (word: string) => found.filter((one) => one.word === word).map(({ file }) => file)
    expect(files('Хранилов').join()).toContain('Local Storage')
    expect(files('Кешев').join()).toContain('CacheStorage')
    expect(files('Таблицын').join()).toMatch(/IndexedDB.*\.ldb/)
    expect(files('Журналов').join()).toMatch(/IndexedDB.*\.log/)
    expect(files('Никогдаев')).toEqual([])
  } finally {
    await device.scrap()
    server.close()
  }
})

for (const end of ['signs out', 'loses all power'] as const) {
  test(`when who used it ${end}, no student’s name and no word of theirs lies readable on the device`, async () => {
    const stack = await Stack.start({ demo: 'fixture', clock: duringLesson })
    const device = await Device.buy(tablet)
    try {
      const { page } = device
      await signInAt(page, stack.url, 'orlova')
      const lesson = new LessonPage(page)
      await lesson.open(mathLesson)
      await lesson.allPresent()
      await lesson.mark('Абрамов Кирилл', '2')
      await lesson.topic(topic)
      await lesson.homework(homework)
      await page
        .getByRole('button', { name: 'Ещё: Белкина Софья' })

        .click()
      await page.getByLabel('Новое замечание').fill(remark)
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Журнал', exact: true }).click()
      await expect(page.getByRole('grid')).toBeVisible()
      await badge(page).click()
      await expect(badge(page)).toContainText('Всё в школе')
      await page.goBack()
      await expect(page.getByRole('grid')).toBeVisible()

      if (end === 'signs out') {
        await signOut(page)
        // The tablet goes on to a family, and comes back.
        await signInAt(page, stack.url, 'abramova')
        await expect(page.getByText(homework).first()).toBeVisible()
        await signOut(page)
        await device.turnOff()
      } else {
        await killBrowser(device.profile)
      }
      const words = [...(await surnames()), topic, homework, remark, 'orlova-2026']
      expect(await findInProfile(device.profile, words)).toEqual([])
    } finally {
      await device.scrap()
      await stack.stop()
    }
  })
}
