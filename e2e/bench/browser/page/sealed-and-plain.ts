import { must } from 'shared/plain/must'
import type { ProjectedSheet } from 'shared/journal/project'
import { openDatabase } from '../../../../client/src/store/database'
import { makeSealer } from '../../../../client/src/store/sealer'
import { sealedStorage, type SealedStorage } from '../../../../client/src/store/sealed-storage'
import { openPlainDatabase, type PlainDatabase } from './plain-database'

const vault = 'vbench'
const plainName = 'bench-plain-sheets'

interface Kept {
  master: CryptoKey
  sheets: readonly ProjectedSheet[]
}
let kept: Kept | null = null

async function openSealed(): Promise<SealedStorage> {
  return sealedStorage(await openDatabase(vault), await makeSealer(must(kept, 'filled stores').master))
}

/** Puts the same sheets into the product's sealed storage, and into a collection of the same RxDB as they are. */
export async function fillStores(sheets: readonly ProjectedSheet[]): Promise<void> {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const master = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits'])
  kept = { master, sheets }
  const sealed = await openSealed()
  const plain = await openPlainDatabase(plainName)
  for (let at = 0; at < sheets.length; at += aPortion) {
    const page = sheets.slice(at, at + aPortion)
    await sealed.keepPage({ taken: page, gone: [], checkpoint: String(at) })
    await plain.collections.sheets.bulkInsert([...page])
  }
  await sealed.close()
  await plain.close()
}

const aPortion = 200

/** Reads all sheets of one store, as at the start of the application: nothing of it is in memory. */
export async function bulkRead(side: 'sealed' | 'plain'): Promise<number> {
  const { sheets } = must(kept, 'filled stores')
  const ids = new Set<string>()
  let took: number
  if (side === 'sealed') {
    const sealed = await openSealed()
    const began = performance.now()
    for await (const some of sealed.loadSheets('2027-05-24')) for (const { id } of some) ids.add(id)
    took = performance.now() - began
    await sealed.close()
  } else {
    const plain = await openPlainDatabase(plainName)
    const began = performance.now()
    for await (const some of readPlain(plain))
      for (const { id } of some) if (id !== checkpointRow.id) ids.add(id)
    took = performance.now() - began
    await plain.close()
  }
  if (ids.size !== sheets.length) throw new Error(`${side}: ${ids.size} of ${sheets.length} sheets were read`)
  return took
}

async function* readPlain(plain: PlainDatabase): AsyncGenerator<ProjectedSheet[]> {
  for (let after = ''; ;) {
    const selector = { id: { $gt: after } }
    const query = plain.collections.sheets.find({ selector, sort: [{ id: 'asc' }], limit: aPortion })
    const found = (await query.exec()).map((document) => document.toMutableJSON())
    yield found
    const last = found.at(-1)
    if (!last || found.length < aPortion) return
    after = last.id
  }
}

const checkpointRow = { id: 'checkpoint', epoch: '', cells: {}, own: {} }
let version = 1_000_000_000_000_000
/** Sheets that have changed, put into one store one after another, each with its checkpoint: ms for one. */
export async function singleWrite(side: 'sealed' | 'plain', from: number, count: number): Promise<number> {
  const { sheets } = must(kept, 'filled stores')
  const changed = Array.from({ length: count }, (_, i) => ({
    ...must(sheets[(from + i * 37) % sheets.length], 'a sheet'),
    version: ++version,
  }))
  if (side === 'sealed') {
    const sealed = await openSealed()
    const took = await each(changed, (sheet) =>
      sealed.keepPage({ taken: [sheet], gone: [], checkpoint: String(sheet.version) }),
    )
    await sealed.close()
    return took
  }
  const plain = await openPlainDatabase(plainName)
  const took = await each(changed, (sheet) =>
    plain.collections.sheets.bulkUpsert([sheet, { ...checkpointRow, version: sheet.version }]),
  )
  await plain.close()
  return took
}

async function each<T>(all: readonly T[], write: (one: T) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  for (const one of all) await write(one)
  return (performance.now() - began) / all.length
}
