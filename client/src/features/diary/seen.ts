import { hashOf } from 'shared/plain/hash'
import type { Me } from '../../store/port'

// Only a number is kept, under a name that tells nothing: no child, no school, no subject.
function keyOf({ db, person }: Pick<Me, 'db' | 'person'>): string {
  return `zvonok-seen-${hashOf({ seen: person, db }).slice(0, 16)}`
}

/** The newest version this person has had before their eyes on this device; null before the first visit. */
export function readSeen(me: Pick<Me, 'db' | 'person'>): number | null {
  const kept = Number(globalThis.localStorage?.getItem(keyOf(me)) ?? NaN)
  return Number.isFinite(kept) ? kept : null
}

/** Never goes back: a device that holds less has not been told less. Before anything has come, nothing has been seen. */
export function keepSeen(me: Pick<Me, 'db' | 'person'>, version: number): void {
  if (version <= (readSeen(me) ?? 0)) return
  try {
    localStorage.setItem(keyOf(me), String(version))
  } catch {
    // No room: then the same news are shown once more.
  }
}
