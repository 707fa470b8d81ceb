import type { RxCollection } from 'rxdb'
import type { SealedRow } from './database'
import { sheetsIn } from './kept-sheets'
import type { Content } from './sealed-storage'
import type { OutsideChange } from './storage'

interface Parts {
  collections: readonly RxCollection<SealedRow>[]
  /** This tab: its own writes are in its memory already. */
  tab: string
  open(row: SealedRow): Promise<Content>
  listener(change: OutsideChange): void
}

/** Tells what other tabs of the same person write, in their order. */
export function followOthers({ collections, tab, open, listener }: Parts): () => void {
  let order = Promise.resolve()
  async function tell(changes: { operation: string; row: SealedRow; before: SealedRow | null }[]) {
    const change: OutsideChange = { rows: [], dismissed: [], sheets: [], gone: [], meta: null }
    for (const { operation, row, before } of changes) {
      const content = operation === 'DELETE' ? null : await open(row)
      // What a row no longer holds is gone, whether the row went with it or stays for the others.
      const held = before ? sheetsIn(await open(before)) : []
      const staying = new Set(content ? sheetsIn(content).map(({ id }) => id) : [])
      for (const { id } of held) if (!staying.has(id)) change.gone.push(id)
      if (content) addTo(change, content)
    }
    listener(change)
  }
  const subscriptions = collections.map((collection) =>
    collection.eventBulks$.subscribe(({ events }) => {
      const theirs = events.filter(({ documentData }) => documentData.tab !== tab)
      if (theirs.length === 0) return
      const changes = theirs.map(({ operation, documentData, previousDocumentData: before }) => ({
        operation,
        row: documentData as SealedRow,
        before: collection.name === 'sheets' && before ? (before as SealedRow) : null,
      }))
      // A change that does not open is read at the next contact; those after it are told all the same.
      order = order.then(() => tell(changes)).catch(() => undefined)
    }),
  )
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe()
  }
}

function addTo(change: OutsideChange, content: Content): void {
  switch (content.is) {
    case 'row':
      change.rows.push(content.row)
      return
    case 'dismissed':
      change.dismissed.push(content.entry)
      return
    case 'sheet':
    case 'sheets':
      change.sheets.push(...sheetsIn(content))
      return
    case 'meta':
      change.meta = content.meta
      return
    // Says something at the next opening only.
    case 'sentinel':
  }
}
