import { admitted, out, waitingFor, waitingForDeputy } from '../journal/receipt'
import type { Json } from '../plain/json'
import { cellsOf, moscow, type Case } from './judging'
import { pastDateCases } from './past-date-cases'
import { anEntry, salt, smallSchool } from './small-school'

const hour = 3_600_000
const starts = moscow('2026-09-16', '09:25')
const midnight = moscow('2026-09-17', '00:00')
const inLesson = moscow('2026-09-16', '09:40')
const text = { text: 'Дроби', salt }
const policy = (overrides: Record<string, Json>) =>
  smallSchool({ policy: { 'policy:2026-09-01': { preset: 'product-default', overrides } } })

const topic = () => anEntry({ kind: 'set-topic', cell: 'topic', value: text })
const homework = () => anEntry({ kind: 'set-homework', cell: 'homework', value: { none: true } })
const taken = () => anEntry({ kind: 'take-attendance', cell: 'taken', value: true })
const reason = () => anEntry({ kind: 'set-attendance', cell: 'reason:s1', value: 'ill', author: 't2' })
const work = (type: string) => ({
  entry: anEntry({ cell: 'mark:w:s1' }),
  cells: cellsOf({ 'column:w': { type, title: null, weight: 1 } }),
})
const inThreeDays = moscow('2026-09-20', '00:00')
const useReceived = policy({ 'sync.untrustedTime': 'useReceivedTime' })

/** ACC-26, POL-M19, SCN-58: t1 left on Monday 14 September; the 13th was the last day of duty. */
const left = smallSchool({
  staff: {
    'person:t1': {
      name: { last: 'Орлова', first: '', middle: '', salt },
      roles: ['teacher'],
      to: '2026-09-13',
    },
  },
})
const friday = { sheet: 'lesson:m5:2026-09-11:2' }
export const mondayLeaver: Case[] = [
  {
    rule: 'ACC-26 what a leaver made while on duty is not lost',
    entry: anEntry(friday),
    school: left,
    made: moscow('2026-09-11', '13:00'),
    says: waitingFor('right'),
  },
  {
    rule: 'POL-M19, SCN-58 known as who they were then, a deputy accepts it',
    entry: anEntry(friday),
    school: left,
    on: '2026-09-11',
    made: moscow('2026-09-11', '13:00'),
    received: moscow('2026-09-14', '08:00'),
    says: waitingForDeputy('late-delivery'),
  },
  {
    rule: 'what came while the duty lasted is what it is',
    entry: anEntry(friday),
    school: left,
    on: '2026-09-11',
    made: moscow('2026-09-11', '13:00'),
    received: moscow('2026-09-13', '23:00'),
    says: admitted,
  },
  {
    rule: 'what came in the last moment of the duty too',
    entry: anEntry(friday),
    school: left,
    on: '2026-09-11',
    made: moscow('2026-09-11', '13:00'),
    received: moscow('2026-09-14', '00:00'),
    says: admitted,
  },
  {
    rule: 'ACC-26 nor is what they made in that moment lost',
    entry: anEntry(friday),
    school: left,
    made: moscow('2026-09-14', '00:00'),
    says: waitingFor('right'),
  },
  {
    rule: 'ACC-26 what they made afterwards never counts',
    entry: anEntry(friday),
    school: left,
    made: moscow('2026-09-14', '09:00'),
    says: out('not-in-journal'),
  },
]

export const timeCases: Case[] = [
  { rule: 'POL-E08 a mark in the lesson is in time', entry: anEntry(), says: admitted },
  { rule: 'T3 the last moment of the day still counts', entry: anEntry(), made: midnight, says: admitted },
  {
    rule: 'T3 a moment later it waits for a deputy',
    entry: anEntry(),
    made: midnight + 1,
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'T3 an interval wholly before is in time',
    entry: anEntry(),
    made: [inLesson, midnight],
    says: admitted,
  },
  {
    rule: 'T3 one across the deadline is doubtful',
    entry: anEntry(),
    made: [inLesson, midnight + 1],
    says: waitingForDeputy('time-unknown', midnight),
  },
  {
    rule: 'POL-M08 or late, where the time of receipt counts',
    entry: anEntry(),
    made: [inLesson, midnight + 1],
    school: useReceived,
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'T3 one wholly after is late',
    entry: anEntry(),
    made: [midnight + 1, midnight + hour],
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'POL-M04 late is accepted where the policy says so',
    entry: anEntry(),
    made: midnight + hour,
    school: policy({ 'edits.afterDeadline': 'acceptFlagged' }),
    says: admitted,
  },
  {
    rule: 'DDL-01 a topic, same day',
    entry: topic(),
    made: midnight + 1,
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'DDL-03 homework, same day',
    entry: homework(),
    made: midnight + 1,
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'DDL-04 attendance, same day',
    entry: taken(),
    made: midnight + 1,
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'a reason comes with the doctor’s note, days later',
    entry: reason(),
    made: midnight + 100 * hour,
    says: admitted,
  },
  { rule: 'DDL-05 a written work has three days', ...work('written'), made: inThreeDays, says: admitted },
  {
    rule: 'DDL-05 and not a moment more',
    ...work('written'),
    made: inThreeDays + 1,
    says: waitingForDeputy('late', inThreeDays),
  },
  { rule: 'DDL-06 monitoring has three days', ...work('monitoring'), made: inThreeDays, says: admitted },
  {
    rule: 'DDL-06 a work in class is an answer like others',
    ...work('answer'),
    made: midnight + 1,
    says: waitingForDeputy('late', midnight),
  },
  {
    rule: 'DDL-05 a special deadline never ends before the current one',
    ...work('written'),
    school: policy({
      'marks.writtenWorkDeadline': [
        { grades: [2, 11], deadline: { kind: 'within', n: 0, unit: 'day', from: 'workDate' } },
      ],
    }),
    made: midnight,
    says: admitted,
  },
  {
    rule: 'C7 of a removed column nobody is late by a guess',
    entry: anEntry({ cell: 'mark:w:s1' }),
    cells: cellsOf({ 'column:w': null }),
    made: inThreeDays,
    says: admitted,
  },
  {
    rule: 'no mark before the lesson begins',
    entry: anEntry(),
    made: starts - 3 * 60_000,
    says: waitingForDeputy('before-lesson'),
  },
  {
    rule: 'POL-M07 within the tolerance it has begun',
    entry: anEntry(),
    made: starts - 2 * 60_000,
    says: admitted,
  },
  {
    rule: 'what may have been made after it began is not before it',
    entry: anEntry(),
    made: [starts - hour, starts],
    says: admitted,
  },
  { rule: 'a topic may be set long before', entry: topic(), made: starts - 100 * hour, says: admitted },
  {
    rule: 'without a bell the lesson begins with its day',
    entry: anEntry({ sheet: 'lesson:m5:2026-09-17:2' }),
    school: smallSchool({ calendar: { 'bells:b': [{ slot: 9, start: '20:00', end: '20:45' }] } }),
    says: waitingForDeputy('before-lesson'),
  },
  ...pastDateCases,
  {
    rule: 'POL-M06 received within 72 hours of the deadline',
    entry: anEntry(),
    made: inLesson,
    received: midnight + 72 * hour,
    says: admitted,
  },
  {
    rule: 'POL-M06 later than that it is a late delivery, not a late entry',
    entry: anEntry(),
    made: inLesson,
    received: midnight + 72 * hour + 1,
    says: waitingForDeputy('late-delivery', midnight),
  },
  {
    rule: 'POL-M06 counts from the deadline, not from when it was made',
    ...work('written'),
    made: inLesson,
    received: inLesson + 80 * hour,
    says: admitted,
  },
  {
    rule: 'A3, POL-M20 judged by the policy in force on the lesson’s date',
    entry: anEntry(),
    made: midnight + 1,
    school: smallSchool({
      policy: {
        'policy:2026-09-17': {
          preset: 'product-default',
          overrides: { 'edits.afterDeadline': 'acceptFlagged' },
        },
      },
    }),
    says: waitingForDeputy('late', midnight),
  },
]
