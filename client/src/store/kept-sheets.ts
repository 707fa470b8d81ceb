import type { RxCollection, RxDocument } from 'rxdb'
import type { ProjectedSheet } from 'shared/journal/project'
import { must } from 'shared/plain/must'
import type { SealedRow } from './database'
import type { Content } from './sealed-storage'
import { afterChange, aloneIn, changesByRow, placeOf, shelfOfDay, type RowChange } from './sheet-rows'

interface Parts {
  collection: RxCollection<SealedRow>
  keyOf(name: string): Promise<string>
  seal(place: { row: string; shelf: string }, content: Content): Promise<SealedRow>
  open(row: SealedRow): Promise<Content>
  /** Keys that this tab is removing, for whoever hears of it. */
  removing: Set<string>
}

export interface KeptSheets {
  put(taken: readonly ProjectedSheet[], gone: readonly string[]): Promise<void>
  load(today: string): AsyncGenerator<ProjectedSheet[]>
}

const conflict = 409
const mostTries = 5
/** So many rows are opened at a time: a slow tablet paints between. */
const portion = 50

/** The pulled sheets on disk. Only one tab of a person pulls at a time (O1), so only one writes here. */
export function keptSheets({ collection, keyOf, seal, open, removing }: Parts): KeptSheets {
  /** Lessons that lie alone, as version 0.1.0 kept them, with their keys: each moves when it is next written. */
  const alone = new Map<string, string>()

  async function change(changes: readonly RowChange[]): Promise<void> {
    let left = await Promise.all(changes.map(async (of) => ({ of, key: await keyOf(of.row) })))
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === mostTries) throw new Error('the rows change all the time')
      const found = await collection.findByIds(left.map(({ key }) => key)).exec()
      const emptied = await Promise.all(left.map(({ of, key }) => changeFound(of, found.get(key) ?? null)))
      await remove(emptied.flat())
      const fresh = left.filter(({ of, key }) => !found.has(key) && of.taken.length > 0)
      const rows = await Promise.all(fresh.map(({ of }) => seal(of, { is: 'sheets', sheets: of.taken })))
      const { error } = await collection.bulkInsert(rows)
      const failed = error.find(({ status }) => status !== conflict)
      if (failed) throw failed
      // Another tab has made the row meanwhile: the change goes on top of it.
      const again = new Set(error.map(({ documentId }) => documentId))
      left = fresh.filter(({ key }) => again.has(key))
    }
  }

  /** Changes a row that is there; answers its key when nothing is left in it. */
  async function changeFound(of: RowChange, doc: RxDocument<SealedRow> | null): Promise<string[]> {
    if (!doc) return []
    if (of.taken.length === 0) {
      const before = sheetsIn(await open(doc.toMutableJSON()))
      if (afterChange(before, of).length === 0) return [doc.key]
    }
    await doc.incrementalModify(async (row) => {
      const sheets = afterChange(sheetsIn(await open(row)), of)
      return { ...row, ...(await seal(of, { is: 'sheets', sheets })) }
    })
    return []
  }

  async function remove(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return
    for (const key of keys) removing.add(key)
    try {
      const { error } = await collection.bulkRemove([...keys])
      // Another tab has written the row, and this one has not heard of it yet: whoever asked for this asks again.
      if (error[0]) throw error[0]
    } finally {
      for (const key of keys) removing.delete(key)
    }
    // Removed rows only carry a mark; what left the scope has to leave the disk (OFF-11).
    await collection.storageInstance.cleanup(0)
  }

  async function openAll(found: readonly RxDocument<SealedRow>[]): Promise<ProjectedSheet[]> {
    const contents = await Promise.all(found.map((row) => open(row)))
    for (const [at, content] of contents.entries()) {
      if (content.is === 'sheet' && placeOf(content.sheet.id).row !== aloneIn(content.sheet.id))
        alone.set(content.sheet.id, must(found[at], 'its row').key)
    }
    return contents.flatMap(sheetsIn)
  }

  return {
    async put(taken, gone) {
      await change(changesByRow(taken, gone))
      const moved = [...taken.map(({ id }) => id), ...gone].flatMap((id) => alone.get(id) ?? [])
      await remove(moved)
      for (const { id } of taken) alone.delete(id)
      for (const id of gone) alone.delete(id)
    },
    async *load(today) {
      const first = await Promise.all(
        ['directory', shelfOfDay(today), `day ${today}`].map(async (shelf) =>
          collection.find({ selector: { shelf: await keyOf(shelf) } }).exec(),
        ),
      )
      const read = new Set(first.flat().map(({ key }) => key))
      yield openAll(first.flat())
      // In one query: RxDB has no index that begins with the key, and would go through all rows for each portion.
      const rest = (await collection.find().exec()).filter(({ key }) => !read.has(key))
      for (let at = 0; at < rest.length; at += portion) yield openAll(rest.slice(at, at + portion))
    },
  }
}

/** The sheets in a row; none where it holds something else. */
export function sheetsIn(content: Content): ProjectedSheet[] {
  if (content.is === 'sheets') return content.sheets
  return content.is === 'sheet' ? [content.sheet] : []
}
