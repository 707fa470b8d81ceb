import type { Entry } from '../journal/entry'
import type { Day } from '../journal/ids'
import { judge, type Context, type Judgement } from '../journal/judge'
import type { Admission } from '../journal/receipt'
import type { Directory } from '../people/directory'
import { viewerOf } from '../people/viewer'
import type { Json } from '../plain/json'
import { db, smallSchool } from './small-school'

/** A moment of Moscow time (ms). */
export function moscow(date: Day, time: string): number {
  return Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}+03:00`)
}

/** The cells of a sheet from bare values. */
export function cellsOf(values: Readonly<Record<string, Json>>): Record<string, { value: Json }> {
  return Object.fromEntries(Object.entries(values).map(([cell, value]) => [cell, { value }]))
}

export interface Situation {
  /** Who sends it; the author unless told otherwise. */
  sender?: string
  /** The day by which the sender is known; 16 September. */
  on?: Day
  school?: Directory
  cells?: Context['cells']
  cellsOf?: Context['cellsOf']
  /** When it was made, exactly (ms) or between two moments. */
  made?: number | [number, number]
  received?: number
  founding?: boolean
}

/** A situation with what is said of it, under the rule that says so. */
export type Case = Situation & { rule: string; entry: Entry; says: Admission }

/** Judges an entry made and received at 09:40 of Wednesday 16 September 2026, in the mathematics lesson, unless told otherwise. */
export function judgeIn(entry: Entry, situation: Situation = {}): Judgement {
  const { sender = entry.author, on = '2026-09-16', school = smallSchool(), cells = {}, founding } = situation
  const { made = moscow('2026-09-16', '09:40') } = situation
  const [from, to] = typeof made === 'number' ? [made, made] : made
  const context: Context = {
    db,
    actor: viewerOf(sender, on, school),
    directory: school,
    cells,
    cellsOf: situation.cellsOf ?? (() => null),
    made: { from, to },
    received: situation.received ?? to,
  }
  return judge(entry, founding ? { ...context, founding } : context)
}
