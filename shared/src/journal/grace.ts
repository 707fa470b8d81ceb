import { foldRulesOf } from './capacity'
import type { SheetDocument } from './document'
import { fold } from './fold'
import { admittedOf, flatten } from './ledger'
import { directoryOf, type Directory, type DirectorySheet } from '../people/directory'
import { defaultPolicy } from '../policy/policy'

/** A3: what takes a right away binds so many ms after its receipt; what gives one, at once. */
export const grace = 10_000

/** No more former directories than these are asked: a school's office does not change more within the grace. */
const mostFormer = 20

/** What a directory sheet said until a change of it was received (ms). */
export interface FormerSheet {
  until: number
  sheet: DirectorySheet
}

type Judged = Pick<SheetDocument, '_id' | 'links' | 'texts' | 'cells'>

/**
 * What a directory sheet said before each change that was received after `since`, the newest first. Read out of its
 * ledger, so that every server finds the same, also one that has just started (A3).
 */
export function formerSheets({ _id: id, links, texts, cells }: Judged, since: number): FormerSheet[] {
  const facts = flatten(links)
  const moments = new Set(facts.flatMap(({ receipt: { judged } }) => (judged > since ? [judged] : [])))
  const newest = [...moments].sort((a, b) => b - a).slice(0, mostFormer)
  return newest.map((until) => {
    const before = facts.filter(({ receipt }) => receipt.judged < until)
    const former = fold(admittedOf({ links: before, texts }), foldRulesOf(defaultPolicy)).cells
    // The version by which what stood then already stood.
    const kept = Object.keys(former).map((cell) => {
      const now = cells[cell]
      return now && former[cell]?.heads[0]?.id === now.heads[0]?.id ? now.version : 0
    })
    return { until, sheet: { id, version: Math.max(0, ...kept), cells: former } }
  })
}

/** A directory that was in force until a moment (ms). */
export interface FormerDirectory {
  until: number
  directory: Directory
}

/** The directories that were in force until some sheet changed, the newest first. */
export function formerDirectories(
  sheets: ReadonlyMap<string, DirectorySheet>,
  formers: readonly FormerSheet[],
): FormerDirectory[] {
  const newestFirst = formers.toSorted((a, b) => b.until - a.until)
  const then = new Map(sheets)
  const found: FormerDirectory[] = []
  for (const [at, { until, sheet }] of newestFirst.entries()) {
    then.set(sheet.id, sheet)
    if (newestFirst[at + 1]?.until === until) continue
    found.push({ until, directory: directoryOf(then.values()) })
    if (found.length === mostFormer) break
  }
  return found
}

/**
 * A3: judged by the newest directory, and where that does not admit, by those that were in force from `grace` before the
 * receipt on: the first that admits decides. So a server that learns of a change seconds late answers as one that knows.
 */
export function judgeInGrace<J extends { admission: { is: string } }>(
  newest: Directory,
  former: () => readonly Directory[],
  judgeBy: (directory: Directory) => J,
): J & { directory: Directory } {
  const now = { ...judgeBy(newest), directory: newest }
  if (now.admission.is === 'in') return now
  for (const directory of former()) {
    const then = judgeBy(directory)
    if (then.admission.is === 'in') return { ...then, directory }
  }
  return now
}
