import { dayOf } from 'shared/calendar/zone'
import type { Directory } from 'shared/people/directory'
import { viewerOf, type Viewer } from 'shared/people/viewer'

/** Who people are in the journal, by one state of the directory. */
export interface Viewers {
  /** Who this person is on the day of this instant (ms). */
  at(person: string, instant: number): Viewer
}

const mostKept = 5_000
const hour = 3_600_000
const kept = new WeakMap<Directory, Viewers>()

/** Remembers answers for as long as the directory stays the same: a push asks the same of each of its entries. */
export function viewersOf(directory: Directory): Viewers {
  const known = kept.get(directory)
  if (known) return known
  const days = new Map<number, string>()
  const viewers = new Map<string, Viewer>()
  const made: Viewers = {
    at(person, instant) {
      // A day never changes inside an hour counted from midnight of a zone with whole or half hours.
      const day = remember(days, Math.floor(instant / (hour / 2)), () =>
        dayOf(instant, directory.school.zone),
      )
      return remember(viewers, `${person} ${day}`, () => viewerOf(person, day, directory))
    },
  }
  kept.set(directory, made)
  return made
}

function remember<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  if (map.size >= mostKept) map.clear()
  const value = make()
  map.set(key, value)
  return value
}
