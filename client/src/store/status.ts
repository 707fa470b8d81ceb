import type { OwnFate, SyncStatus } from './port'
import type { Picture } from './picture'

/** Counts where own entries are, for the badge that never lies (OFF-12). */
export function readStatus(
  picture: Picture,
  rest: Pick<SyncStatus, 'lastSync' | 'state' | 'progress' | 'storage'>,
): SyncStatus {
  const counts = { unsent: 0, waiting: 0, refused: 0, superseded: 0 }
  for (const sheet of picture.sheetsWithRows()) {
    for (const own of picture.fatesOf(sheet)) {
      const place = placeOf(own)
      if (place) counts[place] += 1
    }
  }
  return { ...counts, ...rest }
}

/** Where an own entry is counted; null when it is settled. */
export function placeOf({
  receipt,
  fate,
  dismissed,
}: OwnFate): 'unsent' | 'waiting' | 'refused' | 'superseded' | null {
  if (!receipt) return 'unsent'
  if (dismissed) return null
  switch (fate.standing.is) {
    case 'waiting':
    // The author is asked which of two values holds (C5).
    case 'contested':
      return 'waiting'
    case 'out':
      return 'refused'
    case 'superseded':
      return 'superseded'
    default:
      return null
  }
}
