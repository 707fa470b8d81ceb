import { lostCells, type LostCell } from 'shared/journal/again'
import { guessMade } from 'shared/journal/made'
import type { ShownSheet } from 'shared/journal/overlay'
import type { Head } from 'shared/journal/sheet'
import type { OwnFate } from '../../store/port'

/** An own entry that is not settled, with what its author can do about it. */
export type Unsettled = { own: OwnFate; made: number } & (
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
  sheet: (id: string) => ShownSheet,
): Map<Group, Unsettled[]> {
  const found = new Map<Group, Unsettled[]>()
  const asked = new Set<string>()
  for (const one of own) {
    for (const item of itemsOf(one, sheet)) {
      if (item.is === 'contested') {
        // Both values may be the author's own, from two devices: one question, not two.
        const key = `${one.entry.sheet} ${item.cell}`
        if (asked.has(key)) continue
        asked.add(key)
      }
      found.set(item.is, [...(found.get(item.is) ?? []), item])
    }
  }
  for (const items of found.values()) items.sort((a, b) => b.made - a.made || b.own.entry.n - a.own.entry.n)
  return found
}

function itemsOf(own: OwnFate, sheet: (id: string) => ShownSheet): Unsettled[] {
  const { entry, fate, receipt, dismissed } = own
  const made = receipt?.made.from ?? guessMade(entry.made)
  // Without a receipt the device's own fold is a forecast: nothing is asked before the school has it.
  if (!receipt) return [{ is: 'on-device', own, made }]
  switch (fate.standing.is) {
    case 'contested': {
      const shown = sheet(entry.sheet)
      return entry.changes.flatMap(({ cell }) => {
        const seen = shown.cells[cell]
        return seen?.contested ? [{ is: 'contested' as const, own, made, cell, heads: seen.heads }] : []
      })
    }
    case 'superseded': {
      // Set again on this device already: the school has yet to hear of it, the author need not.
      const lost = lostCells(entry, sheet(entry.sheet))
      return dismissed || lost.length === 0 ? [] : [{ is: 'superseded', own, made, lost }]
    }
    case 'waiting':
    case 'out':
      return dismissed ? [] : [{ is: fate.standing.is, own, made }]
    default:
      return []
  }
}
