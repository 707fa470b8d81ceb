import { sealEntry, type Entry } from 'shared/journal/entry'
import type { Kind } from 'shared/journal/kinds/kinds'
import type { Json } from 'shared/plain/json'

/** What somebody of the busy school did at one moment (ms). */
export interface Done {
  sheet: string
  kind: Kind
  set: Record<string, Json>
  author: string
  at: number
}

const second = 1000

/** Entries of what was done, in order of time, with clocks that prove each moment. No cell of it is set twice. */
export function sealAll(db: string, done: readonly Done[]): { entry: Entry; received: number }[] {
  const counts = new Map<string, number>()
  return [...done]
    .sort((a, b) => a.at - b.at)
    .map(({ sheet, kind, set, author, at }) => {
      const n = (counts.get(author) ?? 0) + 1
      counts.set(author, n)
      const reading = (time: number) => ({ wall: time, mono: time - at + 3_600_000, boot: 'bench', jumps: 0 })
      const contacted = at - 5 * second
      const entry = sealEntry({
        db,
        sheet,
        kind,
        changes: Object.entries(set).map(([cell, value]) => ({ cell, value, base: [] })),
        author,
        device: `tablet-${author}`,
        n,
        made: { clock: reading(at), contact: { time: contacted, token: '', clock: reading(contacted) } },
      })
      return { entry, received: at + second }
    })
}
