import type { RxCollection } from 'rxdb'
import type { ProjectedSheet } from 'shared/journal/project'
import { must } from 'shared/plain/must'
import type { SealedRow } from './database'
import { readRows } from './read-rows'
import type { Rewrite } from './rewrite-rows'
import type { Content } from './sealed-storage'
import { afterChange, aloneIn, changesByRow, placeOf, shelfOfDay } from './sheet-rows'

interface Parts {
  collection: RxCollection<SealedRow>
  keyOf(name: string): Promise<string>
  seal(place: { row: string; shelf: string }, content: Content): Promise<SealedRow>
  open(row: SealedRow): Promise<Content>
}

export interface KeptSheets {
  /** What is to be written where these have come, and those are gone. */
  rewrites(taken: readonly ProjectedSheet[], gone: readonly string[]): Promise<Rewrite[]>
  load(today: string): AsyncGenerator<ProjectedSheet[]>
}

/** So many rows are opened at a time: a slow tablet paints between. */
const portion = 50

/** The pulled sheets on disk. Only one tab of a person pulls at a time (O1), so only one writes here. */
export function keptSheets({ collection, keyOf, seal, open }: Parts): KeptSheets {
  /** Lessons that lie alone, as version 0.1.0 kept them, with their keys: each moves when it is next written. */
  const alone = new Map<string, string>()

  async function openAll(found: readonly SealedRow[]): Promise<ProjectedSheet[]> {
    const contents = await Promise.all(found.map((row) => open(row)))
    for (const [at, content] of contents.entries()) {
      if (content.is === 'sheet' && placeOf(content.sheet.id).row !== aloneIn(content.sheet.id))
        alone.set(content.sheet.id, must(found[at], 'its row').key)
    }
    return contents.flatMap(sheetsIn)
  }

  return {
    async rewrites(taken, gone) {
      const moved = [...taken.map(({ id }) => id), ...gone].flatMap((id) => alone.get(id) ?? [])
      const changed = changesByRow(taken, gone).map(async (change) => ({
        key: await keyOf(change.row),
        async make(before: SealedRow | null) {
          const sheets = afterChange(before ? sheetsIn(await open(before)) : [], change)
          return sheets.length > 0 ? seal(change, { is: 'sheets', sheets }) : null
        },
      }))
      return [...(await Promise.all(changed)), ...moved.map((key) => ({ key, make: async () => null }))]
    },
    async *load(today) {
      const first = await Promise.all(
        ['directory', shelfOfDay(today), `day ${today}`].map(async (shelf) =>
          readRows(collection, { shelf: await keyOf(shelf) }),
        ),
      )
      const read = new Set(first.flat().map(({ key }) => key))
      yield openAll(first.flat())
      // In one query: RxDB has no index that begins with the key, and would go through all rows for each portion.
      const rest = (await readRows(collection)).filter(({ key }) => !read.has(key))
      for (let at = 0; at < rest.length; at += portion) yield openAll(rest.slice(at, at + portion))
    },
  }
}

/** The sheets in a row; none where it holds something else. */
export function sheetsIn(content: Content): ProjectedSheet[] {
  if (content.is === 'sheets') return content.sheets
  return content.is === 'sheet' ? [content.sheet] : []
}
