import * as z from 'zod/mini'
import { directoryCells } from '../../people/directory-cells'
import { travelsUnchanged } from '../../plain/json'
import { idOf, type Entry } from '../entry'
import type { Refusal } from '../receipt'
import type { CellRule } from './cell-rule'
import { entryOf } from './entry-schema'
import { lessonCells } from './lesson-cells'
import { absenceCell, reasonCell } from './set-attendance'
import { setColumn } from './set-column'
import { setHomework } from './set-homework'
import { setMark } from './set-mark'
import { setRemark } from './set-remark'
import { setTopic } from './set-topic'
import { takenCell } from './take-attendance'

/** «Все присутствуют» takes attendance and clears absences in one entry, so one undo brings them back. */
const takeAttendance = entryOf('take-attendance', [takenCell, absenceCell])
const setAttendance = entryOf('set-attendance', [absenceCell, reasonCell, takenCell])

/** C5: settles a contested cell; its base is all the heads. */
const choose = entryOf('choose', lessonCells)
/** C8: sets the former value on top of the present head. */
const undo = entryOf('undo', lessonCells)

const directoryRules: Pick<CellRule, 'pattern' | 'value'>[] = Object.values(directoryCells)
  .flat()
  .map(({ pattern, value }) => ({ pattern, value: z.nullable(value) }))
/** What the office keeps: people, classes, timetable, calendar, policy. */
const keepDirectory = entryOf('keep-directory', directoryRules)

/** Every kind of entry. A new one is a line here and a file beside; the compiler and the wire test ask for the rest. */
export const entrySchema = z.discriminatedUnion('kind', [
  takeAttendance,
  setAttendance,
  setColumn,
  setMark,
  setTopic,
  setHomework,
  setRemark,
  choose,
  undo,
  keepDirectory,
])

export const kinds = [
  'take-attendance',
  'set-attendance',
  'set-column',
  'set-mark',
  'set-topic',
  'set-homework',
  'set-remark',
  'choose',
  'undo',
  'keep-directory',
] as const
export type Kind = (typeof kinds)[number]

/** Reads one entry from outside; null when it has not the shape of any kind (O4), or text that no store takes. */
export function parseEntry(input: unknown): (Entry & { kind: Kind }) | null {
  if (!travelsUnchanged(input)) return null
  const parsed = z.safeParse(entrySchema, input)
  return parsed.success ? (parsed.data as Entry & { kind: Kind }) : null
}

/** Reads one entry that a stranger sent: its shape, and that its id is that of its content. */
export function readEntry(
  input: unknown,
): { is: 'read'; entry: Entry & { kind: Kind } } | { is: 'refused'; why: Refusal } {
  const entry = parseEntry(input)
  if (!entry) return { is: 'refused', why: 'shape' }
  return idOf(entry) === entry.id ? { is: 'read', entry } : { is: 'refused', why: 'id-mismatch' }
}
