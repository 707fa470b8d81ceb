import * as fc from 'fast-check'
import type { Entry } from '../journal/entry'
import { admitted, out, waitingFor, type Admission, type Capacity } from '../journal/receipt'
import type { Json } from '../plain/json'
import type { Arrived } from './documents'
import { aReceipt } from './receipts'
import { anEntry, mathLesson, salt } from './small-school'

/** Arbitrary real entries on one lesson, each with its receipt, in an order in which they could have arrived. */

const authors: [string, Capacity][] = [
  ['t1', 'assignee'],
  ['t3', 'teacher'],
  ['t2', 'homeroom'],
  ['d1', 'deputy'],
]
const values: Record<string, Json[]> = {
  taken: [true, null],
  topic: [{ text: 'Дроби', salt }, { text: 'Проценты', salt: 'B'.repeat(22) }, null],
  'mark:answer:s1': ['2', '4', '5', null],
  'mark:answer:s2': ['2', '4', '5', null],
  'absence:s1': ['absent', 'late', null],
  'remark:s2:r': [
    { to: 'staff', text: { text: 'Для своих', salt } },
    { to: 'family', text: { text: 'Молодец', salt } },
    null,
  ],
}

const step = fc.record({
  author: fc.constantFrom(...authors),
  device: fc.constantFrom('tablet1', 'phone1'),
  made: fc.nat({ max: 6 }),
  admission: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Admission>(admitted) },
    { weight: 1, arbitrary: fc.constantFrom<Admission>(waitingFor('right'), out('backdating')) },
  ),
  changes: fc.uniqueArray(
    fc.record({
      cell: fc.constantFrom(...Object.keys(values)),
      value: fc.nat(),
      saw: fc.array(fc.nat(), { maxLength: 2 }),
    }),
    {
      minLength: 1,
      maxLength: 3,
      selector: ({ cell }) => cell,
    },
  ),
})

export function arrivals(most = 6): fc.Arbitrary<Arrived[]> {
  return fc.array(step, { minLength: 1, maxLength: most }).map((steps) => {
    const entries: Entry[] = []
    return steps.map(({ author: [author, capacity], device, made, admission, changes }, i) => {
      const at = Date.parse('2026-09-16T06:40:00Z') + made * 50_000
      const entry = anEntry({
        sheet: mathLesson,
        author,
        device,
        n: i + 1,
        at,
        changes: changes.map(({ cell, value, saw }) => {
          const seen = entries.filter((earlier) => earlier.changes.some((change) => change.cell === cell))
          const base = [
            ...new Set(seen.length > 0 ? saw.map((pick) => seen[pick % seen.length]?.id ?? '') : []),
          ]
          return { cell, value: values[cell]?.[value % values[cell].length] ?? null, base }
        }),
      })
      entries.push(entry)
      return {
        entry,
        receipt: aReceipt(entry, {
          received: at + 1000 + i,
          made: { from: at, to: at },
          capacity,
          admission,
        }),
      }
    })
  })
}
