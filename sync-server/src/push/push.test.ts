import { anEntry, mathLesson } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { smallJournal } from '../journal/small-journal'

test('a mark by the lesson’s teacher is in, and stands in the ledger once', async () => {
  const journal = await smallJournal()
  const [receipt] = await journal.send(anEntry())
  expect(receipt).toMatchObject({
    admission: { is: 'in' },
    capacity: 'assignee',
    sheet: mathLesson,
    epoch: journal.epoch(),
  })
  expect(journal.signer.isSignedReceipt(must(receipt, 'a receipt'))).toBe(true)
  const history = must(await journal.history(mathLesson, 'mark:answer:s1', 't1'), 'a history')
  expect(history.entries.map(({ value }) => value)).toEqual(['5'])
})
