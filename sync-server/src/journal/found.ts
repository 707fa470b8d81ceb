import type { SheetDocument } from 'shared/journal/document'
import { directoryOf, type Directory } from 'shared/people/directory'
import { StoreUnavailable, type Leafed, type Store } from '../store/store'
import { isDirectorySheet } from '../cache/directory-cache'
import type { Founded, Signer } from './port'
import { settle, type Arrival } from './settle'
import type { Ticks } from './ticks'

const sheetsABulk = 200
const mostTries = 5

interface Deps {
  db: string
  store: Pick<Store<SheetDocument>, 'get' | 'write' | 'range' | 'local' | 'setLocal'>
  signer: Signer
  ticks: Ticks
  epoch: string
}

interface Founding {
  done: boolean
}

/**
 * Writes a new journal's first entries in bulk: directory sheets first, as founding, then lessons by the ordinary rules,
 * each made and received at its given moment. Broken off, it goes on from where it was; a journal in use refuses it.
 */
export async function found(
  entries: Iterable<Founded>,
  { db, store, signer, ticks, epoch }: Deps,
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  await claim(store)
  const bySheet = new Map<string, Arrival[]>()
  for (const { entry, received } of entries) {
    const arrival = { entry, received, clock: null, offered: null }
    const arrivals = bySheet.get(entry.sheet)
    if (arrivals) arrivals.push(arrival)
    else bySheet.set(entry.sheet, [arrival])
  }
  let done = 0
  const writeAll = async (sheets: readonly string[], directory: Directory): Promise<SheetDocument[]> => {
    const documents: SheetDocument[] = []
    for (let from = 0; from < sheets.length; from += sheetsABulk) {
      const bulk = sheets.slice(from, from + sheetsABulk)
      documents.push(...(await writeBulk(bulk, directory)))
      for (const sheet of bulk) done += bySheet.get(sheet)?.length ?? 0
      onProgress(done)
    }
    return documents
  }
  const writeBulk = async (sheets: readonly string[], directory: Directory) => {
    const bench = { db, epoch, directory, signer, judged: 0, founding: true }
    const settled = new Map<string, SheetDocument>()
    let rest = sheets
    for (let tries = 0; rest.length > 0; tries++) {
      if (tries === mostTries)
        throw new StoreUnavailable(`${rest.length} sheets of a new journal could not be written`)
      const leaves = await store.get(rest)
      const version = await ticks.next()
      const writes = rest.flatMap((sheet) => {
        const leafed: Leafed<SheetDocument> | null = leaves.get(sheet) ?? null
        const { write } = settle(
          sheet,
          leafed,
          bySheet.get(sheet) ?? [],
          bench,
          version,
          tries > 0 ? 'always' : 'never',
        )
        const document = write?.doc ?? leafed?.doc
        if (document) settled.set(sheet, document)
        return write ?? []
      })
      const outcomes = writes.length > 0 ? await store.write(writes) : new Map()
      rest = writes.flatMap(({ doc }) => (outcomes.get(doc._id)?.is === 'written' ? [] : [doc._id]))
    }
    return settled.values()
  }
  const sheets = [...bySheet.keys()]
  const documents = await writeAll(sheets.filter(isDirectorySheet), directoryOf([]))
  const directory = directoryOf(documents.map(({ _id: id, version, cells }) => ({ id, version, cells })))
  await writeAll(
    sheets.filter((sheet) => !isDirectorySheet(sheet)),
    directory,
  )
  await store.setLocal<Founding>('founding', { done: true })
}

// Only an empty journal, or one whose founding was broken off: founding asks nobody for a right.
async function claim(store: Deps['store']): Promise<void> {
  const before = await store.local<Founding>('founding')
  const [first] = await store.range('a', 'z~', 1)
  if (before ? before.done : first !== undefined) throw new Error('only an empty journal can be founded')
  await store.setLocal<Founding>('founding', { done: false })
}
