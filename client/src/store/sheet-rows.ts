import { addressOf, type Day } from 'shared/journal/ids'
import type { ProjectedSheet } from 'shared/journal/project'

/** Where a sheet lies on the device: the name of its row, and the shelf whose rows are read together. */
export interface Place {
  row: string
  shelf: string
}

/**
 * A section's lessons of some ten days lie in one row: a year is hundreds of rows instead of thousands, and each costs the
 * same to seal, to index and to read whether it holds one lesson or seven. In a longer row one mark would have too many
 * lessons written again. Sheets of the directory lie alone.
 */
export function placeOf(id: string): Place {
  const address = addressOf(id)
  if (address?.type !== 'lesson') return { row: aloneIn(id), shelf: 'directory' }
  return { row: `lessons ${address.section} ${tenDaysOf(address.date)}`, shelf: shelfOfDay(address.date) }
}

/** The shelf with the lessons of this day, and of those around it. */
export function shelfOfDay(date: Day): string {
  return `days ${tenDaysOf(date)}`
}

/** The row of a sheet that lies alone, as version 0.1.0 kept every lesson. */
export function aloneIn(id: string): string {
  return `sheet ${id}`
}

/** `2026-09+1`: from the 10th to the 19th. The 30th and the 31st belong to those before them. */
function tenDaysOf(date: Day): string {
  return `${date.slice(0, 7)}+${Math.min(2, Number(date.slice(8, 9)))}`
}

/** What is to change in one row. */
export interface RowChange extends Place {
  taken: ProjectedSheet[]
  gone: Set<string>
}

/** What has come and what is gone, by the row that it lies in. */
export function changesByRow(taken: readonly ProjectedSheet[], gone: readonly string[]): RowChange[] {
  const changes = new Map<string, RowChange>()
  const changeOf = (id: string) => {
    const place = placeOf(id)
    const change = changes.get(place.row) ?? { ...place, taken: [], gone: new Set() }
    changes.set(place.row, change)
    return change
  }
  for (const id of gone) changeOf(id).gone.add(id)
  for (const sheet of taken) changeOf(sheet.id).taken.push(sheet)
  return [...changes.values()]
}

/** The sheets of a row after the change: what has come stands, also in place of what is gone. */
export function afterChange(
  before: readonly ProjectedSheet[],
  { taken, gone }: Pick<RowChange, 'taken' | 'gone'>,
): ProjectedSheet[] {
  const sheets = new Map(before.filter(({ id }) => !gone.has(id)).map((sheet) => [sheet.id, sheet]))
  for (const sheet of taken) sheets.set(sheet.id, sheet)
  return [...sheets.values()]
}
