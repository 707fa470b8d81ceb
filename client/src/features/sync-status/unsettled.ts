import { lostCells, type LostCell, type OwnValues } from 'shared/journal/again'
import type { MadeElsewhere } from 'shared/journal/elsewhere'
import { guessMade } from 'shared/journal/made'
import type { ShownSheet } from 'shared/journal/overlay'
import type { Head } from 'shared/journal/sheet'
import type { Standing } from 'shared/journal/standing'
import type { OwnFate } from '../../store/port'

/** What the list tells of an own entry, wherever it was made. */
interface Listed {
  entry: OwnValues & { author: string }
  standing: Standing
  /** Made on another device of this person. */
  elsewhere: boolean
  /** Orders what was made at one moment. */
  n: number
  made: number
}

/** An own entry that is not settled, with what its author can do about it. */
export type Unsettled = Listed &
  (
    | { is: 'on-device' | 'waiting' | 'out' }
    | { is: 'superseded'; lost: LostCell[] }
    | { is: 'contested'; cell: string; heads: Head[] }
  )

/** What needs the author first, what is only on its way last. */
export const groups = ['contested', 'superseded', 'out', 'waiting', 'on-device'] as const
export type Group = (typeof groups)[number]

/** Every own entry that is not settled (OFF-12), by group, the newest first. What its author let be is left out. */
export function unsettledOf(
  own: readonly OwnFate[],
  elsewhere: readonly MadeElsewhere[],
  sheet: (id: string) => ShownSheet,
): Map<Group, Unsettled[]> {
  const found = new Map<Group, Unsettled[]>()
  const questions = new Set<string>()
  for (const items of [
    ...own.map((one) => itemsOf(one, sheet)),
    ...elsewhere.map((one) => asked(listedElsewhere(one), sheet)),
  ]) {
    for (const item of items) {
      if (item.is === 'contested') {
        // Both values may be the author's own, from two devices: one question, not two.
        const key = `${item.entry.sheet} ${item.cell}`
        if (questions.has(key)) continue
        questions.add(key)
      }
      found.set(item.is, [...(found.get(item.is) ?? []), item])
    }
  }
  for (const items of found.values()) items.sort((a, b) => b.made - a.made || b.n - a.n)
  return found
}

function itemsOf(
  { entry, fate, receipt, dismissed }: OwnFate,
  sheet: (id: string) => ShownSheet,
): Unsettled[] {
  const { standing } = fate
  const made = receipt?.made.from ?? guessMade(entry.made)
  const listed: Listed = { entry, standing, elsewhere: false, n: entry.n, made }
  // Without a receipt the device's own fold is a forecast: nothing is asked before the school has it.
  if (!receipt) return [{ is: 'on-device', ...listed }]
  // A choice is asked for until it is made; everything else its author may let be.
  if (dismissed && standing.is !== 'contested') return []
  if (standing.is === 'waiting' || standing.is === 'out') return [{ is: standing.is, ...listed }]
  return asked(listed, sheet)
}

function listedElsewhere({ standing, made, ...entry }: MadeElsewhere): Listed {
  return { entry, standing, elsewhere: true, n: 0, made }
}

/** What an entry that lost or is contested asks its author, on whatever device. */
function asked(listed: Listed, sheet: (id: string) => ShownSheet): Unsettled[] {
  const { entry, standing } = listed
  const shown = sheet(entry.sheet)
  switch (standing.is) {
    case 'contested':
      return entry.changes.flatMap(({ cell }) => {
        const seen = shown.cells[cell]
        return seen?.contested ? [{ is: 'contested' as const, ...listed, cell, heads: seen.heads }] : []
      })
    case 'superseded': {
      // Set again on this device already: the school has yet to hear of it, the author need not.
      const lost = lostCells(entry, shown)
      return lost.length === 0 ? [] : [{ is: 'superseded', ...listed, lost }]
    }
    default:
      return []
  }
}
