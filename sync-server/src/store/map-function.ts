import { createContext, Script } from 'node:vm'
import { must } from 'shared/plain/must'
import type { DesignDocument } from 'couchdb/design-documents.mjs'

/** The keys that a view emits for a document. */
export type MapFunction = (doc: object) => unknown[]

/** Where a view stands among design documents. Throws on one that no file defines. */
export function viewSource(designs: readonly DesignDocument[], view: string): { path: string; map: string } {
  const design = must(
    designs.find(({ views }) => Object.hasOwn(views, view)),
    `a view called ${view}`,
  )
  return { path: `${design._id.replace('_design/', '')}/${view}`, map: must(design.views[view], view).map }
}

/** A map function as a store runs it: alone, with `emit` as its only way out. */
export function mapFunction(source: string): MapFunction {
  let keys: unknown[] = []
  const emit = (key: unknown): void => void keys.push(key)
  const map = new Script(`(${source})`).runInContext(createContext({ emit })) as (doc: object) => void
  return (doc) => {
    keys = []
    map(doc)
    return keys
  }
}
