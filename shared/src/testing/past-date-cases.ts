import { admitted, out, waitingForDeputy } from '../journal/receipt'
import type { Json } from '../plain/json'
import { cellsOf, moscow, type Case } from './judging'
import { anEntry, salt, smallSchool } from './small-school'

const hour = 3_600_000
const midnight = moscow('2026-09-17', '00:00')
const policy = (overrides: Record<string, Json>) =>
  smallSchool({ policy: { 'policy:2026-09-01': { preset: 'product-default', overrides } } })
const noPastDatesIn = (first: number, last: number) =>
  policy({ 'marks.backdating': { forbiddenGrades: [first, last] } })
const noPastDates = noPastDatesIn(2, 5)
const noDeadline = policy({
  'marks.backdating': { forbiddenGrades: [2, 5] },
  'marks.currentDeadline': [{ grades: [1, 11], deadline: { kind: 'unspecified', word: 'norms' } }],
})

/** DDL-13: marks for a past date in grades where the policy bans them; of the mathematics lesson in 5А on 16 September. */
export const pastDateCases: Case[] = [
  {
    rule: 'DDL-13 no mark on a past date where the policy bans it',
    entry: anEntry(),
    made: midnight + hour,
    school: noPastDates,
    says: out('backdating'),
  },
  ...[
    [5, 9],
    [2, 5],
  ].map(([first = 0, last = 0]) => ({
    rule: `DDL-13 the ban on grades ${first}–${last} binds grade 5`,
    entry: anEntry(),
    made: midnight + hour,
    school: noPastDatesIn(first, last),
    says: out('backdating'),
  })),
  ...[
    [6, 9],
    [2, 4],
  ].map(([first = 0, last = 0]) => ({
    rule: `DDL-13 the ban on grades ${first}–${last} does not`,
    entry: anEntry(),
    made: midnight + hour,
    school: noPastDatesIn(first, last),
    says: waitingForDeputy('late', midnight),
  })),
  {
    rule: 'DDL-13 it bans marks: a topic is only late',
    entry: anEntry({ kind: 'set-topic', cell: 'topic', value: { text: 'Дроби', salt } }),
    made: midnight + hour,
    school: noPastDates,
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'DDL-13 the last moment of the day is no past date',
    entry: anEntry(),
    made: midnight,
    school: noPastDates,
    says: admitted,
  },
  {
    rule: 'DDL-13 where no deadline closes marks, the next day is a past date',
    entry: anEntry(),
    made: midnight,
    school: noDeadline,
    says: out('backdating'),
  },
  {
    rule: 'DDL-13 and the day itself is not',
    entry: anEntry(),
    made: midnight - 1,
    school: noDeadline,
    says: admitted,
  },
  {
    rule: 'DDL-13 late on the day itself is for the deputy',
    entry: anEntry(),
    made: [midnight - hour, midnight + hour],
    school: noPastDates,
    says: waitingForDeputy('time-unknown', midnight),
  },
  {
    rule: 'DDL-13 a written work still has its days',
    entry: anEntry({ cell: 'mark:w:s1' }),
    cells: cellsOf({ 'column:w': { type: 'written', title: null, weight: 1 } }),
    made: midnight + hour,
    school: noPastDates,
    says: admitted,
  },
]
