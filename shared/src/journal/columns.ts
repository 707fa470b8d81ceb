import type { Json } from '../plain/json'
import { answer, answerColumn, type Column } from './kinds/set-column'

export type WorkColumn = Column & { id: string }

/**
 * The work columns of a lesson: «ответ на уроке» first, the others in the order of their ids. A removed one is left out;
 * its marks stay under it (C7).
 */
export function columnsOf(cells: Readonly<Record<string, { value: Json }>>): WorkColumn[] {
  const found = new Map<string, Column | null>([[answerColumn, answer]])
  for (const [cell, { value }] of Object.entries(cells)) {
    if (cell.startsWith('column:')) found.set(cell.slice('column:'.length), value as Column | null)
  }
  return [...found]
    .flatMap(([id, column]) => (column ? [{ ...column, id }] : []))
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}

function rank({ id }: WorkColumn): number {
  return id === answerColumn ? 0 : 1
}
