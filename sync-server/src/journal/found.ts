import type { SheetDocument } from 'shared/journal/document'
import { directoryOf, type Directory } from 'shared/people/directory'
import { StoreUnavailable, type Leafed, type Store } from '../store/store'
import { isDirectorySheet } from '../cache/directory-cache'
import type { Founded, Signer } from './port'
import { settle, type Arrival } from './settle'
import type { Ticks } from './ticks'

const sheetsABulk = 200
const mostTries = 5
/** Entries held at a time: some seventy megabytes of them. */
const entriesAPart = 40_000

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

/** Founding asks nobody for a right, so it is refused where anybody may have written already. */
export class NotEmpty extends Error {
  override name = 'NotEmpty'
  constructor() {
    super('only an empty journal can be founded')
  }
}

/**
 * Writes a new journal's first entries in bulk: directory sheets first, as founding, then lessons by the ordinary rules,
 * each made and received at its given moment. A large journal goes in parts, so that it is never in memory at once: its
 * lessons are judged by what came of the directory before them. Broken off, it goes on from where it was; a journal in use
 * refuses it.
 */
export async function found(
  entries: Iterable<Founded>,
  { db, store, signer, ticks, epoch }: Deps,
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  await claim(store)
  let done = 0
  let bySheet = new Map<string, Arrival[]>()
  const writeAll = async (sheets: readonly string[], directory: Directory): Promise<SheetDocument[]> => {
    const documents: SheetDocument[] = []
    for (let from = 0; from < sheets.length; from += sheetsABulk) {
      const bulk = sheets.slice(from, from + sheetsABulk)
      const written = await writeBulk(bulk, directory)
      if (sheets.some(isDirectorySheet)) documents.push(...written)
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
      rest = await ticks.during(async (version) => {
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
        return writes.flatMap(({ doc }) => (outcomes.get(doc._id)?.is === 'written' ? [] : [doc._id]))
      })
    }
    return settled.values()
  }
  const office = new Map<string, SheetDocument>()
  let directory = directoryOf([])
  for (const part of inParts(entries)) {
    bySheet = part
    const sheets = [...part.keys()]
    const kept = await writeAll(sheets.filter(isDirectorySheet), directoryOf([]))
    for (const sheet of kept) office.set(sheet._id, sheet)
    if (kept.length > 0) directory = directoryOfSheets(office.values())
    await writeAll(
      sheets.filter((sheet) => !isDirectorySheet(sheet)),
      directory,
    )
  }
  await store.setLocal<Founding>('founding', { done: true })
}

/**
 * Whether a school was founded here, or its founding begun. A database that was made beforehand has neither a note of it
 * nor a sheet.
 */
export async function isFounded(store: Pick<Store, 'local' | 'range'>): Promise<boolean> {
  return (await store.local<Founding>('founding')) !== null || !(await isEmpty(store))
}

async function isEmpty(store: Pick<Store, 'range'>): Promise<boolean> {
  return (await store.range('a', 'z~', 1)).length === 0
}

function directoryOfSheets(sheets: Iterable<SheetDocument>): Directory {
  return directoryOf([...sheets].map(({ _id: id, version, cells }) => ({ id, version, cells })))
}

function* inParts(entries: Iterable<Founded>): Generator<Map<string, Arrival[]>> {
  let [bySheet, count] = [new Map<string, Arrival[]>(), 0]
  for (const { entry, received } of entries) {
    const arrival = { entry, received, clock: null, offered: null }
    const arrivals = bySheet.get(entry.sheet)
    if (arrivals) arrivals.push(arrival)
    else bySheet.set(entry.sheet, [arrival])
    if (++count < entriesAPart) continue
    yield bySheet
    ;[bySheet, count] = [new Map(), 0]
  }
  yield bySheet
}

// Only an empty journal, or one whose founding was broken off: founding asks nobody for a right.
async function claim(store: Deps['store']): Promise<void> {
  const before = await store.local<Founding>('founding')
  if (before ? before.done : !(await isEmpty(store))) throw new NotEmpty()
  await store.setLocal<Founding>('founding', { done: false })
}
