import { createHash } from 'node:crypto'
import { addressOf, type SheetAddress } from 'shared/journal/ids'
import { readsLesson } from 'shared/journal/project'
import type { Range } from 'shared/journal/scope'
import type { Directory } from 'shared/people/directory'
import { isStaff, sectionsOfChild, type Viewer } from 'shared/people/viewer'
import type { Held } from './checkpoint'

/**
 * A person's scope with the light in which each range is seen. Somebody may see the same lessons as a guardian today and
 * as their teacher tomorrow: the range is the same, what they see of it is not (P-1).
 */
export function heldBy(viewer: Viewer, scope: readonly Range[], directory: Directory): Held[] {
  return scope.map((range) => {
    const address = addressOf(range.start) ?? sampleOf(range)
    if (address?.type === 'lesson') return { ...range, sight: lessonSight(address, viewer, directory) }
    if (address?.type === 'roster' || address?.type === 'families') {
      return { ...range, sight: classSight(address.class, viewer, directory) }
    }
    return { ...range, sight: isStaff(viewer) ? 'whole' : 'bare' }
  })
}

function classSight(schoolClass: string, viewer: Viewer, directory: Directory): string {
  const { roles, children, homerooms } = viewer
  const teaches = viewer.sections.some((id) => directory.sections.get(id)?.class === schoolClass)
  const sections = children.map((child) => sectionsOfChild(child, directory))
  return tagOf({ roles, children, sections, teaches, leads: homerooms.includes(schoolClass) })
}

// Whole, or as the family of these children of the section.
function lessonSight(
  address: Extract<SheetAddress, { type: 'lesson' }>,
  viewer: Viewer,
  directory: Directory,
): string {
  if (readsLesson(address, viewer, directory)) return 'whole'
  const children = viewer.children.filter((child) =>
    sectionsOfChild(child, directory).includes(address.section),
  )
  return tagOf({ children })
}

/** Some address inside a range of lessons: `lesson:m5:` has none of its own. */
function sampleOf({ start }: Range): SheetAddress | null {
  return start.startsWith('lesson:') ? addressOf(`${start}2000-01-01:0`) : null
}

/** Eight characters that tell one value from another. */
export function tagOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 8)
}

/** What a device no longer holds, and what it has to read: new ranges, and those that what is gone reaches into. */
export function compareHeld(before: readonly Held[], now: readonly Held[]): { gone: Held[]; todo: number[] } {
  const same = (a: Held) => (b: Held) => a.start === b.start && a.end === b.end && a.sight === b.sight
  const gone = before.filter((old) => !now.some(same(old)))
  const todo = now.flatMap((held, index) => {
    const isNew = !before.some(same(held))
    const isTouched = gone.some((old) => old.start <= held.end && held.start <= old.end)
    return isNew || isTouched ? [index] : []
  })
  return { gone, todo }
}
