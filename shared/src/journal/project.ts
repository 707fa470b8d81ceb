import * as z from 'zod/mini'
import { assigneeOf, lessonOf } from '../calendar/lessons'
import type { Directory } from '../people/directory'
import { isStaff, readsAll, sectionsOfChild, studiesIn, type Viewer } from '../people/viewer'
import type { SectionCell } from '../people/directory-cells'
import { isJsonObject, type Json } from '../plain/json'
import type { SheetDocument, StoredCell } from './document'
import { addressOf, entryId, type SheetAddress } from './ids'
import { flatten } from './ledger'
import type { Remark } from './kinds/set-remark'
import { capacities } from './receipt'
import type { Standing } from './standing'

/** Version of these rules: when it changes, devices read everything again (P-1). */
export const projectVersion = 1

/** A value of what this server sends: JSON by what parses it. To go through it again took a tenth of a first sync. */
const anyValue = z.unknown() as z.ZodMiniType<Json>

/** A head that does not hold: superseded or contested, both values shown to staff. */
export const projectedHead = z.strictObject({
  id: entryId,
  author: z.string(),
  capacity: z.enum(capacities),
  made: z.int(),
  rank: z.int(),
  value: anyValue,
})
/** A cell as a viewer may see it. Families get the value and its version only. */
export const projectedCell = z.strictObject({
  value: anyValue,
  version: z.int(),
  heads: z.optional(z.array(projectedHead)),
  contested: z.optional(z.literal(true)),
  times: z.optional(z.int()),
})
export const projectedSheet = z.strictObject({
  id: z.string(),
  /** The highest version among what is shown (P-4). */
  version: z.int(),
  epoch: z.string(),
  cells: z.record(z.string(), projectedCell),
  /** What became of the viewer's own entries. */
  own: z.record(entryId, anyValue),
})
export type ProjectedCell = z.infer<typeof projectedCell>
export interface ProjectedSheet {
  id: string
  version: number
  epoch: string
  cells: Record<string, ProjectedCell>
  own: Record<string, Standing>
}

/**
 * `gone`: not shown now, but may have been shown before. Its version counts, so that a device takes the sheet without it
 * in place of the one it has (P-2); that of a cell which was never to be seen does not (P-4).
 */
type Sight = 'whole' | 'bare' | 'gone' | 'none'

/**
 * What of this sheet may this person see? Null: nothing, not even that it exists. Staff see a lesson they may read
 * whole; a family sees its own children's cells and what belongs to the class (ACC-13 … ACC-19).
 */
export function project(sheet: SheetDocument, viewer: Viewer, directory: Directory): ProjectedSheet | null {
  const address = addressOf(sheet._id)
  if (!address) return null
  const see = sightOf(address, viewer, directory, sheet)
  if (!see) return null
  const cells: Record<string, ProjectedCell> = {}
  let version = 0
  for (const [name, cell] of Object.entries(sheet.cells)) {
    const sight = see(name, cell)
    if (sight === 'none') continue
    version = Math.max(version, cell.version)
    if (sight === 'gone') continue
    cells[name] =
      sight === 'whole' ? wholeCell(cell) : { value: bareValue(cell, viewer), version: cell.version }
  }
  const own: Record<string, Standing> = {}
  for (const [id, { standing, author, version: changed }] of Object.entries(sheet.standings)) {
    if (author !== viewer.person) continue
    own[id] = standing
    version = Math.max(version, changed)
  }
  return { id: sheet._id, version, epoch: sheet.epoch, cells, own }
}

/** How each cell of the sheet is seen; null when the sheet is not seen at all. */
function sightOf(
  address: SheetAddress,
  viewer: Viewer,
  directory: Directory,
  sheet: Pick<SheetDocument, 'links'>,
): ((cell: string, stored: StoredCell) => Sight) | null {
  switch (address.type) {
    case 'lesson':
      if (readsLesson(address, viewer, directory)) return () => 'whole'
      return familyLessonSight(address, viewer, directory, sheet)
    case 'roster':
      if (readsRoster(address.class, viewer, directory)) return () => 'whole'
      return familyRosterSight(address.class, viewer, directory, sheet)
    case 'families': {
      const keeps = viewer.roles.some((role) => role === 'admin' || role === 'secretary' || role === 'deputy')
      if (keeps || viewer.homerooms.includes(address.class)) return () => 'whole'
      const isOfClass = viewer.children.some(
        (child) => child !== viewer.person && directory.students.get(child)?.class === address.class,
      )
      return isOfClass ? (cell) => (cell === `guardian:${viewer.person}` ? 'bare' : 'none') : null
    }
    case 'timetable':
      if (isStaff(viewer)) return () => 'whole'
      return isClassOfChild(address.class, viewer, directory) ? () => 'bare' : null
    case 'policy':
      return isStaff(viewer) ? () => 'whole' : null
    case 'school':
    case 'staff':
    case 'calendar':
      if (isStaff(viewer)) return () => 'whole'
      return viewer.children.length > 0 ? () => 'bare' : null
  }
}

/** Whether staff may read this lesson: own section, own substitution, own class as homeroom, or all (ACC-13 … ACC-16). */
export function readsLesson(
  address: Extract<SheetAddress, { type: 'lesson' }>,
  viewer: Viewer,
  directory: Directory,
): boolean {
  if (readsAll(viewer)) return true
  const section = directory.sections.get(address.section)
  if (!section || !isStaff(viewer)) return false
  if (section.teacher === viewer.person || viewer.homerooms.includes(section.class)) return true
  const lesson = lessonOf(address, directory)
  return lesson !== null && assigneeOf(lesson) === viewer.person
}

function readsRoster(schoolClass: string, viewer: Viewer, directory: Directory): boolean {
  if (readsAll(viewer) || viewer.roles.includes('admin') || viewer.roles.includes('secretary')) return true
  if (viewer.homerooms.includes(schoolClass)) return true
  const teaches = viewer.sections.some((id) => directory.sections.get(id)?.class === schoolClass)
  return teaches || viewer.substituted.some((lesson) => classOfLesson(lesson, directory) === schoolClass)
}

export function classOfLesson(lesson: string, directory: Directory): string | null {
  const address = addressOf(lesson)
  return address?.type === 'lesson' ? (directory.sections.get(address.section)?.class ?? null) : null
}

function isClassOfChild(schoolClass: string, viewer: Viewer, directory: Directory): boolean {
  return viewer.children.some((child) => directory.students.get(child)?.class === schoolClass)
}

// ACC-19: the child's own cells, and what is said to the whole class. Nothing of a contested cell (C5).
function familyLessonSight(
  address: Extract<SheetAddress, { type: 'lesson' }>,
  viewer: Viewer,
  directory: Directory,
  sheet: Pick<SheetDocument, 'links'>,
): ((cell: string, stored: StoredCell) => Sight) | null {
  const section = directory.sections.get(address.section)
  if (!section) return null
  const children = viewer.children.filter((child) => studiesIn(child, section, directory))
  if (children.length === 0) return null
  return (cell, { contested, value }) => {
    const sight = sightInLesson(cell, value)
    return sight === 'bare' && contested ? 'gone' : sight
  }

  function sightInLesson(cell: string, value: Json): Sight {
    const [name = '', second = '', third = ''] = cell.split(':')
    switch (name) {
      case 'taken':
      case 'topic':
      case 'homework':
      case 'column':
        return 'bare'
      case 'absence':
      case 'reason':
        return children.includes(second) ? 'bare' : 'none'
      case 'mark':
        return children.includes(third) ? 'bare' : 'none'
      case 'remark':
        if (!children.includes(second)) return 'none'
        if (isForFamily(value)) return 'bare'
        return wasEver(sheet, cell, isForFamily) ? 'gone' : 'none'
      default:
        return 'none'
    }
  }
}

function isForFamily(value: Json): boolean {
  return (value as Remark | null)?.to === 'family'
}

/** Whether the cell ever said something of this kind. Texts are commitments here; the rest of a value is in clear. */
function wasEver(
  { links }: Pick<SheetDocument, 'links'>,
  cell: string,
  said: (value: Json) => boolean,
): boolean {
  return flatten(links).some(
    (link) =>
      link.type === 'entry' &&
      link.entry.changes.some((change) => change.cell === cell && said(change.value)),
  )
}

function familyRosterSight(
  schoolClass: string,
  viewer: Viewer,
  directory: Directory,
  sheet: Pick<SheetDocument, 'links'>,
): ((cell: string, stored: StoredCell) => Sight) | null {
  if (!isClassOfChild(schoolClass, viewer, directory)) return null
  const sections = new Set(viewer.children.flatMap((child) => sectionsOfChild(child, directory)))
  return (cell) => {
    const [name = '', id = ''] = cell.split(':')
    if (name === 'class') return 'bare'
    if (name === 'student') return viewer.children.includes(id) ? 'bare' : 'none'
    if (name !== 'section') return 'none'
    if (sections.has(id)) return 'bare'
    // Theirs until the child changed subgroup: what was shown of it must go.
    return wasEver(sheet, cell, (value) => isMemberOf(value, viewer.children)) ? 'gone' : 'none'
  }
}

function isMemberOf(section: Json, children: readonly string[]): boolean {
  const cell = section as SectionCell | null
  return cell !== null && (cell.members?.some((member) => children.includes(member)) ?? true)
}

function wholeCell({ value, version, heads, contested, times }: StoredCell): ProjectedCell {
  return { value, version, heads, ...(contested ? { contested: true as const } : {}), times }
}

// A subgroup's member list names other families' children: a family finds only its own in it. Null would say that all
// of the class are members, and give a twin the lessons of the other's subgroup.
function bareValue({ value }: StoredCell, { children }: Viewer): ProjectedCell['value'] {
  if (!isJsonObject(value) || !Array.isArray(value.members)) return value
  return { ...value, members: value.members.filter((member) => children.includes(member as string)) }
}
