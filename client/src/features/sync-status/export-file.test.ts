import { mathLesson } from 'shared/testing/small-school'
import { testJournal } from '../../testing/test-journal'
import { exportOf } from './export-file'

test('OFF-13 the file holds every unsent entry whole and in words, and nothing else', async () => {
  const journal = testJournal()
  const entry = await journal.write({
    sheet: mathLesson,
    kind: 'set-mark',
    set: [{ cell: 'mark:answer:s1', value: '5' }],
  })
  const { name, text } = exportOf(journal, 'ru')
  expect(name).toBe('zvonok-t1-2026-09-16.json')
  expect(JSON.parse(text)).toMatchObject({
    person: 't1',
    entries: [{ entry, words: '5А, математика, ср, 16 сентября, урок 2: Абрамов Кирилл — 5' }],
  })
})
