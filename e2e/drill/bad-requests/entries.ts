import * as fc from 'fast-check'
import { sealEntry, type Entry } from 'shared/journal/entry'
import type { Hints } from './from-schema'

/** How an entry of a push departs from what its author's own device would send. */
export const guises = [
  /** As the schema makes it: its id is not that of its content. */
  'as made up',
  /** The author's own, with the right id: judged for what it says. */
  'own',
  'own',
  'in another’s name',
  'for another school',
  /** The id of one entry over the content of another. */
  'same id, other content',
  /** One that was handed in before, and got its receipt. */
  'replayed',
  'of a batch',
] as const
export interface EntryPlan {
  guise: (typeof guises)[number]
  /** Fits the schema of entries. */
  content: Entry
  n: number
  pick: number
}

export function entryPlan(fitting: fc.Arbitrary<unknown>): fc.Arbitrary<EntryPlan> {
  return fc.record({
    guise: fc.constantFrom(...guises),
    content: fitting as fc.Arbitrary<Entry>,
    n: fc.integer({ min: 1, max: 1e6 }),
    pick: fc.nat({ max: 1000 }),
  })
}

/** Entries that have been sent, to be sent again. */
export type Sent = Entry[]
const mostSent = 200

/** The entry as this person's request carries it. */
export function dress(
  { guise, content, n, pick }: EntryPlan,
  author: string,
  db: string,
  sent: Sent,
): unknown {
  if (guise === 'as made up') return content
  if (guise === 'replayed' && sent.length > 0) return sent[pick % sent.length]
  const { batch: _batch, ...rest } = content
  const own = { ...rest, author, db, device: 'drill', n }
  switch (guise) {
    case 'in another’s name':
      return sealEntry({ ...own, author: author === 'orlova' ? 'klimova' : 'orlova' })
    case 'for another school':
      return sealEntry({ ...own, db: 'journal-other-2026' })
    case 'same id, other content': {
      const other = sent[pick % Math.max(1, sent.length)]
      return { ...sealEntry(own), id: other?.id ?? content.id }
    }
    case 'of a batch':
      return sealEntry({ ...own, batch: `batch${pick}` })
    default: {
      const entry = sealEntry(own)
      if (sent.length >= mostSent) sent.shift()
      sent.push(entry)
      return entry
    }
  }
}

const students = ['abramov', 'guseva', 's003', 's028', 's049', 'nobody']
const columns = ['answer', 'w1', 'w2']

/** Ids of the fixture school and near it: lessons of the day, of other classes, of days that are none. */
export const hints: Hints = {
  sheet: [
    'lesson:math-5a:2026-09-16:2',
    'lesson:math-5a:2026-09-10:2',
    'lesson:rus-5a:2026-09-16:1',
    'lesson:eng1-5a:2026-09-16:4',
    'lesson:math-1b:2026-09-15:2',
    'lesson:rus-3v:2026-09-16:1',
    'lesson:math-5a:2026-09-20:2',
    'lesson:math-5a:0000-01-01:2',
    'lesson:math-5a:9999-12-31:2',
    'lesson:math-5a:2026-02-30:2',
    'lesson:math-5a:2026-09-16:02',
    'lesson:nothing:2026-09-16:1',
    'roster:c5a',
    'roster:c1b',
    'families:c5a',
    'timetable:c5a',
    'staff',
    'school',
    'policy',
    'calendar',
    'constructor',
    '__proto__',
    '_design/sheets',
    '_local/epoch',
    'account:orlova',
  ],
  cell: [
    'topic',
    'homework',
    'taken',
    ...columns.map((column) => `column:${column}`),
    ...students.flatMap((student) => [
      `absence:${student}`,
      `reason:${student}`,
      `remark:${student}:r1`,
      ...columns.map((column) => `mark:${column}:${student}`),
    ]),
    'mark:__proto__:constructor',
    'class',
    'student:s049',
    'guardian:abramova',
    'person:orlova',
    'toString',
  ],
  value: ['5', '2', '1', '6', '-1', '0', '5-', 'н/а', 'осв', '５', '٥'],
  login: ['orlova', 'ORLOVA ', 'оrlova', 'abramova', 'account:orlova', 'orlova\u0000'],
  db: ['journal-fixture-2026', 'journal-other-2026', 'accounts'],
  author: ['orlova', 'lebedeva', 'abramova'],
  open: ['math-5a', 'rus-1b', 'eng2-5a'],
}
