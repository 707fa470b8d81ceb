import type { ChangesPage, Leafed, Store, StoredDocument } from './store'

/** Revisions spread within milliseconds: what is not there by the third reading lies in one copy alone. */
const attempts = 3

/**
 * The documents that a page of changes tells of. In a cluster one copy tells of a change that the quorum which is read may
 * lack: it is under way to them, or was taken in by that copy alone (S1). Whoever went on from the page's end then would
 * never hear of it again (P-2). `lacks`: that is so even after asking again, and the page is to be read once more later.
 */
export async function readListed<D extends StoredDocument>(
  store: Pick<Store<D>, 'get'>,
  { ids, revs }: Pick<ChangesPage, 'ids' | 'revs'>,
): Promise<{ found: Map<string, Leafed<D>>; lacks: boolean }> {
  const found = new Map<string, Leafed<D>>()
  let missing = ids
  for (let attempt = 0; missing.length > 0 && attempt < attempts; attempt++) {
    for (const [id, leafed] of await store.get(missing)) found.set(id, leafed)
    missing = missing.filter((id) => isOlder(found.get(id), revs?.get(id)))
  }
  return { found, lacks: missing.length > 0 }
}

// A later revision grew from the one that was told of, or was merged with it, or will be: that is a change of its own.
function isOlder(leafed: Leafed<StoredDocument> | undefined, told: string | undefined): boolean {
  if (told === undefined) return false
  if (!leafed) return true
  const { rev, conflicts } = leafed
  if (rev === told || conflicts.some((loser) => loser.rev === told)) return false
  return generationOf(rev) <= generationOf(told)
}

function generationOf(rev: string): number {
  return Number.parseInt(rev, 10)
}
