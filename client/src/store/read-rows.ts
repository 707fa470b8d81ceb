import {
  normalizeMangoQuery,
  prepareQuery,
  type MangoQuerySelector,
  type RxCollection,
  type RxDocumentData,
} from 'rxdb'
import type { SealedRow } from './database'

/**
 * Rows as they lie on the disk. RxDB answers a query that it knows from memory until it hears of a write, and a tab that
 * died right after one told nobody.
 */
export async function readRows(
  { schema, storageInstance }: RxCollection<SealedRow>,
  where: MangoQuerySelector<RxDocumentData<SealedRow>> = {},
): Promise<SealedRow[]> {
  const selector = { ...where, _deleted: { $eq: false } }
  const query = prepareQuery<SealedRow>(
    schema.jsonSchema,
    normalizeMangoQuery<RxDocumentData<SealedRow>>(schema.jsonSchema, { selector }),
  )
  return (await storageInstance.query(query)).documents
}
