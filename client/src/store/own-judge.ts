import { dayOf } from 'shared/calendar/zone'
import type { Entry } from 'shared/journal/entry'
import { judge, type Judgement } from 'shared/journal/judge'
import type { ShownSheet } from 'shared/journal/overlay'
import type { Directory } from 'shared/people/directory'
import { viewerOf } from 'shared/people/viewer'

/** What the device's own judge says of an entry made now: the same `judge` that decides at the school. */
export function judgeHere(
  entry: Entry,
  facts: {
    directory: Directory
    shown: ShownSheet
    now: number
    cellsOfOwn: (entry: string) => readonly string[] | null
  },
): Judgement {
  const { directory, shown, now, cellsOfOwn } = facts
  return judge(entry, {
    db: entry.db,
    actor: viewerOf(entry.author, dayOf(now, directory.school.zone), directory),
    directory,
    cells: shown.cells,
    cellsOf: (id) => cellsOfOwn(id) ?? cellsOfHead(id, shown),
    made: { from: now, to: now },
    received: now,
  })
}

function cellsOfHead(id: string, shown: ShownSheet): string[] | null {
  const cells = Object.entries(shown.cells)
    .filter(([, cell]) => cell.heads.some((head) => head.id === id))
    .map(([name]) => name)
  return cells.length > 0 ? cells : null
}
