import * as z from 'zod/mini'
import { assigneeOf, lessonOf } from '../calendar/lessons'
import type { Directory } from '../people/directory'
import { isStaff, readsAll, sectionsOfChild, type Viewer } from '../people/viewer'
import { isJsonObject } from '../plain/json'
import type { SheetDocument, StoredCell } from './document'
import { addressOf, entryId, type SheetAddress } from './ids'
import type { Remark } from './kinds/set-remark'
import { capacities } from './receipt'
import type { Standing } from './standing'

/** Version of these rules: when it changes, devices read everything again (P-1). */
export const projectVersion = 1

/** A head that does not hold: superseded or contested, both values shown to staff. */
export const projectedHead = z.strictObject({
  id: entryId,
  author: z.string(),
  capacity: z.enum(capacities),
  made: z.int(),
  rank: z.int(),
  value: z.json(),
})
/** A cell as a viewer may see it. Families get the value and its version only. */
export const projectedCell = z.strictObject({
  value: z.json(),
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
  own: z.record(entryId, z.json()),
})
export type ProjectedCell = z.infer<typeof projectedCell>
export interface ProjectedSheet {
  id: string
  version: number
  epoch: string
  cells: Record<string, ProjectedCell>
  own: Record<string, Standing>
}

type Sight = 'whole' | 'bare' | 'none'

/**
 * What of this sheet may this person see? Null: nothing, not even that it exists. Staff see a lesson they may read
 * whole; a family sees its own children's cells and what belongs to the class (ACC-13 … ACC-19).
 */
export function project(sheet: SheetDocument, viewer: Viewer, directory: Directory): ProjectedSheet | null {
  const address = addressOf(sheet._id)
  if (!address) return null
  const see = sightOf(address, viewer, directory)
  if (!see) return null
  const cells: Record<string, ProjectedCell> = {}
  let version = 0
  for (const [name, cell] of Object.entries(sheet.cells)) {
    const sight = see(name, cell)
    if (sight === 'none') continue
    cells[name] = sight === 'whole' ? wholeCell(cell) : { value: bareValue(name, cell, viewer), version: cell.version }
    version = Math.max(version, cell.version)
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
): ((cell: string, stored: StoredCell) => Sight) | null {
  switch (address.type) {
    case 'lesson':
      if (readsLesson(address, viewer, directory)) return () => 'whole'
      return familyLessonSight(address, viewer, directory)
    case 'roster':
      if (readsRoster(address.class, viewer, directory)) return () => 'whole'
      return familyRosterSight(address.class, viewer, directory)
    case 'families': {
      const keeps = viewer.roles.some((role) => role === 'admin' || role === 'secretary' || role === 'deputy')
      if (keeps || viewer.homerooms.includes(address.class)) return () => 'whole'
      const isOfClass = viewer.children.some((child) => directory.students.get(child)?.class === address.class)
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
): ((cell: string, stored: StoredCell) => Sight) | null {
  const children = viewer.children.filter((child) => sectionsOfChild(child, directory).includes(address.section))
  if (children.length === 0) return null
  const section = directory.sections.get(address.section)
  return (cell, { contested, value }) => {
    if (contested) return 'none'
    const [name = '', second = '', third = ''] = cell.split(':')
    switch (name) {
      case 'taken':
      case 'topic':
      case 'homework':
        return 'bare'
      case 'column':
        // A column says that a work was written: shown with the child's own mark, which is reason enough.
        return section ? 'bare' : 'none'
      case 'absence':
      case 'reason':
        return children.includes(second) ? 'bare' : 'none'
      case 'mark':
        return children.includes(third) ? 'bare' : 'none'
      case 'remark':
        return children.includes(second) && (value as Remark | null)?.to === 'family' ? 'bare' : 'none'
      default:
        return 'none'
    }
  }
}

function familyRosterSight(
  schoolClass: string,
  viewer: Viewer,
  directory: Directory,
): ((cell: string, stored: StoredCell) => Sight) | null {
  if (!isClassOfChild(schoolClass, viewer, directory)) return null
  const sections = new Set(viewer.children.flatMap((child) => sectionsOfChild(child, directory)))
  return (cell) => {
    const [name = '', id = ''] = cell.split(':')
    if (name === 'class') return 'bare'
    if (name === 'student') return viewer.children.includes(id) ? 'bare' : 'none'
    return name === 'section' && sections.has(id) ? 'bare' : 'none'
  }
}

function wholeCell({ value, version, heads, contested, times }: StoredCell): ProjectedCell {
  return { value, version, heads, ...(contested ? { contested: true as const } : {}), times }
}

// A subgroup's member list names other families' children: a family finds only its own in it. Null would say that all
// of the class are members, and give a twin the lessons of the other's subgroup.
function bareValue(name: string, { value }: StoredCell, { children }: Viewer): ProjectedCell['value'] {
  if (!name.startsWith('section:') || !isJsonObject(value) || !Array.isArray(value.members)) return value
  return { ...value, members: value.members.filter((member) => children.includes(member as string)) }
}

