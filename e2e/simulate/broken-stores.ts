import type { SheetDocument } from 'shared/journal/document'
import { flatten } from 'shared/journal/ledger'
import type { Store, StoredDocument, StoreFactory, WriteOutcome } from '../../sync-server/src/store/store'
import type { Broken } from './breaks'

/** The stores, as a server that breaks this rule takes them. */
export function breakStores<F extends StoreFactory>(stores: F, broken: Broken | null): F {
  if (broken === null) return stores
  return {
    ...stores,
    async open<D extends StoredDocument>(database: string): Promise<Store<D>> {
      const store = await stores.open<D>(database)
      return { ...store, ...breakStore(store, broken) }
    },
  }
}

function breakStore<D extends StoredDocument>(store: Store<D>, broken: Broken): Partial<Store<D>> {
  switch (broken) {
    case 'S1':
    case 'S4':
      return { write: async (writes) => believed(await store.write(writes), broken === 'S1') }
    case 'S2':
      return {
        get: async (ids) =>
          new Map([...(await store.get(ids))].map(([id, leafed]) => [id, { ...leafed, conflicts: [] }])),
      }
    case 'A1':
      return { view: async () => [] }
    case 'A3':
      return {
        changes: async (since, limit) =>
          since !== null && limit === 500
            ? { ids: [], seq: since, more: false }
            : store.changes(since, limit),
      }
    case 'P-2':
      return { kind: 'embedded' }
    case 'P-2-versions':
      return {
        setLocal: async (id, value) => (id === 'ticks' ? undefined : store.setLocal(id, value)),
        local: async (id) => (id === 'ticks' ? null : store.local(id)),
      }
    case 'O3-epoch':
      return {
        setLocal: async (id, value) => {
          const isNew = id === 'epoch' && (value as { past: string[] }).past.length > 0
          if (!isNew) await store.setLocal(id, value)
        },
      }
    case 'C1':
    case 'L1':
      return {
        write: (writes) =>
          store.write(
            writes.map((write) => ({
              ...write,
              doc: spoilt(write.doc as unknown as SheetDocument, broken) as unknown as D,
            })),
          ),
      }
    default:
      return {}
  }
}

function believed(outcomes: Map<string, WriteOutcome>, always: boolean): Map<string, WriteOutcome> {
  const isSome = always || [...outcomes.values()].some(({ is }) => is === 'written')
  if (!isSome) return outcomes
  return new Map(
    [...outcomes].map(([id, outcome]) => [
      id,
      outcome.is === 'written' ? outcome : { is: 'written', rev: '' },
    ]),
  )
}

function spoilt(doc: SheetDocument, broken: 'C1' | 'L1'): SheetDocument {
  if (!doc._id.startsWith('lesson:')) return doc
  if (broken === 'L1') return doc.links.length > 6 ? { ...doc, links: doc.links.slice(1) } : doc
  const cells = { ...doc.cells }
  for (const link of flatten(doc.links)) {
    if (link.type !== 'entry' || link.receipt.admission.is !== 'in') continue
    for (const { cell, value } of link.entry.changes) {
      const stands = cells[cell]
      if (stands && cell.startsWith('mark:')) cells[cell] = { ...stands, value }
    }
  }
  return { ...doc, cells }
}
