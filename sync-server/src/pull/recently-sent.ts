import type { ProjectedSheet } from 'shared/journal/project'
import type { Checkpoint } from './checkpoint'
import { tagOf } from './held'

/** A device that has sent this much within the floor's margin may be sent something twice. */
const mostRecent = 400
const tagLength = 8
export const nothingRecent = { recent: '', newest: 0 }

export function remember(
  checkpoint: Checkpoint,
  sheets: readonly ProjectedSheet[],
  floor: number,
): Checkpoint {
  const above = sheets.filter(({ version }) => version > floor)
  const newest = above.reduce((most, { version }) => Math.max(most, version), checkpoint.newest)
  if (newest <= checkpoint.floor) return { ...checkpoint, ...nothingRecent }
  const recent = (checkpoint.recent + above.map(tagOfSheet).join('')).slice(-mostRecent * tagLength)
  return { ...checkpoint, recent, newest }
}

export function isRecent(sheet: ProjectedSheet, { recent }: Checkpoint): boolean {
  const tag = tagOfSheet(sheet)
  for (let at = 0; at < recent.length; at += tagLength) if (recent.startsWith(tag, at)) return true
  return false
}

function tagOfSheet({ id, version }: ProjectedSheet): string {
  return tagOf([id, version])
}
