import type { SheetDocument } from 'shared/journal/document'
import { anEntry, db, mathLesson, salt } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { makeMemoryStores } from '../store/memory'
import { StoreUnavailable } from '../store/store'
import { isFounded } from './found'
import type { Founded } from './port'
import { foundingEntries, lessonTime, smallJournal } from './small-journal'

const marks = (...students: string[]): Founded[] =>
  students.map((student, i) => ({
    entry: anEntry({ cell: `mark:answer:${student}` }),
    received: lessonTime + i,
  }))

test('the directory is founded by nobody’s right, lessons by the ordinary rules at their given moments', async () => {
  const journal = await smallJournal({ found: false })
  const stranger = { entry: anEntry({ author: 't3' }), received: lessonTime }
  const late = {
    entry: anEntry({ kind: 'set-topic', cell: 'topic', value: { text: 'Дроби', salt } }),
    received: lessonTime + 9e9,
  }
  const progress: number[] = []
  await journal.found([...marks('s1', 's2'), stranger, late, ...foundingEntries()], (done) =>
    progress.push(done),
  )
  const { entries } = must(await journal.history(mathLesson, 'mark:answer:s1', 't1'), 'a history')
  expect(entries).toMatchObject([
    { admission: { is: 'in' }, made: { from: lessonTime, to: lessonTime }, received: lessonTime },
    { admission: { is: 'waiting', for: 'right' } },
  ])
  const topic = must(await journal.history(mathLesson, 'topic', 't1'), 'a history')
  expect(topic.entries[0]?.admission).toMatchObject({ is: 'waiting', for: 'deputy' })
  expect(progress.at(-1)).toBe(14)
})

test('only an empty journal is founded', async () => {
  const journal = await smallJournal()
  await expect(journal.found(foundingEntries())).rejects.toThrow('only an empty journal')
})

test('there is a school from the moment that founding begins, and in a store with sheets but no note of it', async () => {
  const stores = makeMemoryStores()
  const store = await stores.open<SheetDocument>(db)
  await store.ensure()
  expect(await isFounded(store)).toBe(false)
  await store.setLocal('founding', { done: false })
  expect(await isFounded(store)).toBe(true)

  const journal = await smallJournal()
  // A copy without local documents.
  const copy = journal.stores.backup({}, { locals: false })
  expect(await isFounded(await copy.open<SheetDocument>(db))).toBe(true)
})

test('broken off, it goes on, and each entry stands once', async () => {
  let writes = 0
  const stores = makeMemoryStores({
    onWrite: (_name, { doc }) => {
      if (writes >= 0 && doc._id !== 'x' && ++writes === 5) throw new StoreUnavailable('the power went')
      return null
    },
  })
  const entries = [...foundingEntries(), ...marks('s1', 's2', 's3')]
  const journal = await smallJournal({ stores, found: false })
  await expect(journal.found(entries)).rejects.toBeInstanceOf(StoreUnavailable)
  await journal.close()
  const again = await journal.beside()
  await again.found(entries)
  const store = await stores.open<SheetDocument>(db)
  const links = (await store.range('a', 'z~', 100)).flatMap((doc) => doc.links)
  expect(links.map((link) => (link.type === 'entry' ? link.entry.id : link.type)).sort()).toEqual(
    entries.map(({ entry }) => entry.id).sort(),
  )
})

test('six thousand entries are founded, each once', async () => {
  const stores = makeMemoryStores()
  const journal = await smallJournal({ stores, found: false })
  const days = Array.from({ length: 36 }, (_, i) => new Date(Date.parse('2026-09-01') + i * 86_400_000))
  const many = days.flatMap((date) => {
    const sheet = `lesson:m5:${date.toISOString().slice(0, 10)}:2`
    return Array.from({ length: 167 }, (_, i) => ({
      entry: anEntry({
        sheet,
        kind: 'set-column',
        cell: `column:k${i}`,
        value: { type: 'test', title: null, weight: 1 },
      }),
      received: date.getTime(),
    }))
  })
  await journal.found([...foundingEntries(), ...many])
  const store = await stores.open<SheetDocument>(db)
  const lessons = await store.range('lesson:', 'lesson:~', 100)
  expect(many.length).toBeGreaterThan(6_000)
  expect(lessons.flatMap(({ links }) => links)).toHaveLength(many.length)
})
