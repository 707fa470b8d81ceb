import { StoreUnavailable } from '../store/store'
import type { Store } from '../store/store'
import type { AccountsDocument } from './documents'

export type AccountsStore = Store<AccountsDocument>

const mostRounds = 12

/**
 * Reads documents, lets `change` say what becomes of them and writes that; where somebody wrote first, or nobody can say
 * (S1), it reads and asks again. `change` must therefore bear being asked twice. Losing leaves go in the same bulk (S2).
 */
export async function update<R>(
  store: AccountsStore,
  ids: readonly string[],
  change: (found: ReadonlyMap<string, AccountsDocument>) => { write: AccountsDocument[]; result: R },
): Promise<R> {
  for (let round = 0; round < mostRounds; round++) {
    const found = await store.get(ids)
    const { write, result } = change(new Map([...found].map(([id, { doc }]) => [id, doc])))
    if (write.length === 0) return result
    const outcomes = await store.write(
      write.map((doc) => {
        const known = found.get(doc._id)
        return {
          doc,
          rev: known?.rev ?? null,
          ...(known && known.conflicts.length > 0 ? { drop: known.conflicts.map(({ rev }) => rev) } : {}),
        }
      }),
    )
    if (write.every(({ _id }) => outcomes.get(_id)?.is === 'written')) return result
  }
  throw new StoreUnavailable(`no write in ${mostRounds} rounds`)
}

/** The document of this id if it is of this type. */
export function ofType<T extends AccountsDocument['type']>(
  doc: AccountsDocument | undefined,
  type: T,
): Extract<AccountsDocument, { type: T }> | null {
  return doc?.type === type ? (doc as Extract<AccountsDocument, { type: T }>) : null
}

export async function read<T extends AccountsDocument['type']>(
  store: AccountsStore,
  id: string,
  type: T,
): Promise<Extract<AccountsDocument, { type: T }> | null> {
  return ofType((await store.get([id])).get(id)?.doc, type)
}
