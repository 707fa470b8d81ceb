import { dayOf } from 'shared/calendar/zone'
import type { Day } from 'shared/journal/ids'
import { scopeHash, scopeOf, type Range } from 'shared/journal/scope'
import type { Directory } from 'shared/people/directory'
import type { Viewer } from 'shared/people/viewer'
import { viewersOf } from '../journal/viewers'
import type { Held } from '../pull/checkpoint'
import { heldBy } from '../pull/held'

/** Who somebody is on a day, and what their device holds then. */
export interface Scoped {
  day: Day
  viewer: Viewer
  held: Held[]
  /** The same as stretches that do not reach into each other, in order: somebody may hold a lesson and its section. */
  stretches: readonly Range[]
  hash: string
}

const mostKept = 5_000
const kept = new WeakMap<Directory, Map<string, Scoped>>()

/**
 * What this person's device holds at this instant (P-5), with `open` sections on request. It follows from the directory
 * and the day alone, so it is worked out once for as long as those are the same: devices ask every minute.
 */
export function scopedAt(
  directory: Directory,
  person: string,
  instant: number,
  open: readonly string[] = [],
): Scoped {
  const people = kept.get(directory) ?? new Map<string, Scoped>()
  kept.set(directory, people)
  const day = dayOf(instant, directory.school.zone)
  const key = [person, day, ...open].join(' ')
  const found = people.get(key)
  if (found) return found
  const viewer = viewersOf(directory).at(person, instant)
  const scope = scopeOf(viewer, directory, day, open)
  const held = heldBy(viewer, scope, directory)
  const made = { day, viewer, held, stretches: stretchesOf(scope), hash: scopeHash(viewer, scope) }
  if (people.size >= mostKept) people.clear()
  people.set(key, made)
  return made
}

function stretchesOf(scope: readonly Range[]): Range[] {
  const stretches: Range[] = []
  for (const { start, end } of [...scope].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = stretches.at(-1)
    if (!last || last.end < start) stretches.push({ start, end })
    else if (last.end < end) last.end = end
  }
  return stretches
}

/** Whether this person's device holds the sheet: asked of every change for every device. */
export function isHeld(sheet: string, { stretches }: Pick<Scoped, 'stretches'>): boolean {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle]?.start ?? '') <= sheet) low = middle + 1
    else high = middle
  }
  const before = stretches[low - 1]
  return before !== undefined && sheet <= before.end
}
