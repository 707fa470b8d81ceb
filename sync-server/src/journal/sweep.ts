import type { SheetDocument } from 'shared/journal/document'
import { readListed } from '../store/read-listed'
import type { Store } from '../store/store'
import type { Committer } from './committer'

interface Deps {
  store: Pick<Store<SheetDocument>, 'view' | 'changes' | 'get' | 'info' | 'local' | 'setLocal'>
  committer: Pick<Committer, 'revisit'>
  /** Between portions: whoever writes goes first. */
  giveWay: () => Promise<void>
}

const page = 200
/** So many documents are looked at before the next push is looked for. */
const portion = 20

/** Judges everything again that waits for a fact, wherever it waits (A1). */
export async function sweepWaiting({ store, committer }: Pick<Deps, 'store' | 'committer'>): Promise<void> {
  await revisitAll(await store.view('waiting', 'waiting'), committer)
}

interface Repaired {
  feed: string
  seq: string
}

/** Merges the leaves of sheets that nobody touches: what changed since the last round is looked at once (S2). */
export async function repairLeaves({ store, committer, giveWay }: Deps): Promise<void> {
  const { feed } = await store.info()
  const last = await store.local<Repaired>('repaired')
  let seq = last?.feed === feed ? last.seq : null
  let isWhole = true
  for (let more = true; more;) {
    const changes = await store.changes(seq, page)
    for (let from = 0; from < changes.ids.length; from += portion) {
      await giveWay()
      const { found, lacks } = await readListed(store, {
        ...changes,
        ids: changes.ids.slice(from, from + portion),
      })
      isWhole &&= !lacks
      const split = [...found].flatMap(([id, { conflicts }]) => (conflicts.length > 0 ? [id] : []))
      await revisitAll(split, committer)
    }
    more = changes.more
    // What was listed and not found is looked at in the next round.
    if (isWhole && changes.seq !== seq) await store.setLocal<Repaired>('repaired', { feed, seq: changes.seq })
    seq = changes.seq
  }
}

async function revisitAll(sheets: readonly string[], committer: Deps['committer']): Promise<void> {
  for (let from = 0; from < sheets.length; from += page) {
    await Promise.all(sheets.slice(from, from + page).map((sheet) => committer.revisit(sheet)))
  }
}
