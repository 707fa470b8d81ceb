import type { Draft } from 'shared/journal/build'
import { lessonId } from 'shared/journal/ids'
import type { Json } from 'shared/plain/json'
import { cellsOfSmallSchool } from 'shared/testing/small-school'
import type { Random } from './random'

const day = '2026-09-16'
/** Few lessons and cells, so that people meet in them: today's, yesterday's, and one that is not yet. */
const lessons: Record<string, string[]> = {
  t1: ['16', '16', '15', '17'].map((date) => lessonId('m5', `2026-09-${date}`, 2)),
  t2: [lessonId('m5', day, 2), lessonId('e5a', day, 1)],
  t3: [lessonId('e5a', day, 1), lessonId('m5', day, 2)],
  t5: [lessonId('m1', day, 1)],
}
const students = ['s1', 's2', 's3']
const salt = 'AAAAAAAAAAAAAAAAAAAAAA'

/** The lesson where most of the teachers may write. */
export const sharedLesson = lessonId('m5', day, 2)

/** Lessons of last week. Little is written there: what a reading misses is not made good by what comes later. */
export const quietLessons = ['07', '08', '09', '10', '11'].map((date) => lessonId('m5', `2026-09-${date}`, 2))

/** Something that this person might do now, sensible or not; teachers on this lesson, where one is given. */
export function someDraft(person: string, random: Random, lesson?: string): Draft {
  if (person === 'd1') return random.chance(0.5) ? substitution(random) : ofDeputy(random)
  if (person === 'a1') return ofOffice(random)
  const sheet = lesson ?? random.pick(lessons[person] ?? [sharedLesson])
  const student = sheet.includes(':m1:') ? 's9' : random.pick(students)
  const set = (kind: Draft['kind'], cell: string, value: Json): Draft => ({
    sheet,
    kind,
    set: [{ cell, value }],
  })
  switch (random.int(0, 9)) {
    case 0:
    case 1:
    case 2:
      return set('set-mark', `mark:answer:${student}`, random.pick(['5', '4', '3', '2', null, '6', 'н/а']))
    case 3:
      return set('set-attendance', `absence:${student}`, random.pick(['absent', 'late', null]))
    case 4:
      return set('set-attendance', `reason:${student}`, random.pick(['ill', 'excused', 'unexcused', null]))
    case 5:
      return {
        sheet,
        kind: 'take-attendance',
        set: [
          { cell: 'taken', value: true },
          ...students.map((id) => ({ cell: `absence:${id}`, value: null })),
        ],
      }
    case 6:
      return set('set-topic', 'topic', { text: `Тема ${random.int(1, 9)}`, salt })
    case 7:
      return set(
        'set-homework',
        'homework',
        random.chance(0.3) ? { none: true } : { text: { text: '№ 5', salt } },
      )
    case 8:
      return random.chance(0.5)
        ? set('set-column', `column:k${random.int(1, 2)}`, { type: 'control', title: null, weight: 1 })
        : set('set-mark', `mark:k${random.int(1, 2)}:${student}`, random.pick(['5', '3']))
    default: {
      const to = random.pick(['family', 'staff'])
      return set('set-remark', `remark:${student}:r${random.int(1, 3)}`, {
        to,
        text: { text: `${to} ${student}`, salt },
      })
    }
  }
}

function directory(sheet: string, cell: string, value: Json): Draft {
  return { sheet, kind: 'keep-directory', set: [{ cell, value }] }
}

/** A cell as the school was founded with it, some fields set otherwise. */
function changed(sheet: string, cell: string, fields: Record<string, Json>): Draft {
  const founded = cellsOfSmallSchool[sheet]?.[cell]
  return directory(sheet, cell, { ...(founded as Record<string, Json>), ...fields })
}

// The deputy gives yesterday's or today's mathematics to a substitute, takes it back, or cancels it.
function substitution(random: Random): Draft {
  const date = random.pick([day, '2026-09-15'])
  const value = random.pick<Json>([
    { teacher: 't3', cancelled: false, room: null },
    { teacher: null, cancelled: true, room: null },
    null,
  ])
  return directory('timetable:c5a', `substitution:m5:${date}:2`, value)
}

// Sections and classes change hands, children change subgroup, leave and come back.
function ofDeputy(random: Random): Draft {
  switch (random.int(0, 5)) {
    case 0:
    case 1:
      return changed('roster:c5a', 'section:m5', { teacher: random.pick(['t1', 't3']) })
    case 2:
      return changed('roster:c5a', 'class', { homeroom: random.pick(['t2', 't3', null]) })
    case 3:
      return changed('roster:c5a', 'section:e5a', { members: random.pick([['s1', 's2'], ['s1'], ['s2']]) })
    case 4:
      return changed('roster:c5a', 'section:e5b', { members: random.pick([['s3'], ['s2', 's3']]) })
    default:
      return changed('roster:c5a', 'student:s3', random.chance(0.5) ? { to: '2026-09-15' } : {})
  }
}

// People come and go; families change; the policy is set otherwise.
function ofOffice(random: Random): Draft {
  switch (random.int(0, 4)) {
    case 0:
      return changed('staff', 'person:t3', random.chance(0.4) ? { to: '2026-09-15' } : {})
    case 1:
      return changed('staff', 'person:t1', random.chance(0.3) ? { to: '2026-09-15' } : {})
    case 2:
      return changed('families:c5a', 'guardian:g2', { children: random.pick([['s2'], ['s2', 's3'], []]) })
    case 3:
      return changed('families:c5a', 'guardian:g1', { children: random.pick([['s1', 's9'], ['s9']]) })
    default: {
      const overrides = random.chance(0.5) ? { 'attendance.homeroomEdit': 'direct' } : {}
      return directory('policy', 'policy:2026-09-01', { preset: 'product-default', overrides })
    }
  }
}
