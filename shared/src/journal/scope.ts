import type { Directory } from '../people/directory'
import { isStaff, readsAll, sectionsOfChild, type Viewer } from '../people/viewer'
import { hashOf } from '../plain/hash'
import { addressOf, type Day } from './ids'
import { classOfLesson, projectVersion } from './project'

/** Sheet ids from `start` to `end`, both included; ids are ASCII, and `~` is above all of theirs. */
export interface Range {
  start: string
  end: string
}

const one = (id: string): Range => ({ start: id, end: id })
const all = (prefix: string): Range => ({ start: prefix, end: `${prefix}~` })

/**
 * Which sheets does this person's device hold? Held ranges follow from the directory on this day; `open` are sections
 * opened on request by those who may read all but hold only the directory (P-5).
 */
export function scopeOf(
  viewer: Viewer,
  directory: Directory,
  _day: Day,
  open: readonly string[] = [],
): Range[] {
  const ids = new Map<string, Range>()
  const add = (range: Range) => ids.set(range.start, range)
  if (isStaff(viewer)) addStaff(viewer, directory, add)
  if (viewer.children.length > 0) addFamily(viewer, directory, add)
  if (readsAll(viewer)) {
    for (const section of open) if (directory.sections.has(section)) add(all(`lesson:${section}:`))
  }
  return [...ids.values()].sort((a, b) => (a.start < b.start ? -1 : 1))
}

function addStaff(viewer: Viewer, directory: Directory, add: (range: Range) => void): void {
  for (const id of ['calendar', 'policy', 'school', 'staff']) add(one(id))
  const keepsOffice = viewer.roles.some((role) => role === 'admin' || role === 'secretary')
  const classes = new Set(viewer.homerooms)
  const led = [...directory.sections.values()].filter((section) => viewer.homerooms.includes(section.class))
  const whole = new Set([...viewer.sections, ...led.map(({ id }) => id)])
  for (const id of whole) add(all(`lesson:${id}:`))
  for (const id of viewer.sections) {
    const section = directory.sections.get(id)
    if (section) classes.add(section.class)
  }
  for (const lesson of viewer.substituted) {
    // Whose own section it is holds it already: twice, it would be sent twice, and its passing taken for a loss.
    if (!whole.has(sectionOfLesson(lesson))) add(one(lesson))
    const schoolClass = classOfLesson(lesson, directory)
    if (schoolClass) classes.add(schoolClass)
  }
  const keepsFamilies = keepsOffice || viewer.roles.includes('deputy')
  if (keepsFamilies) add(all('families:'))
  else for (const schoolClass of viewer.homerooms) add(one(`families:${schoolClass}`))
  if (readsAll(viewer) || keepsOffice) {
    add(all('roster:'))
    add(all('timetable:'))
    return
  }
  for (const schoolClass of classes) {
    add(one(`roster:${schoolClass}`))
    add(one(`timetable:${schoolClass}`))
  }
}

function sectionOfLesson(lesson: string): string {
  const address = addressOf(lesson)
  return address?.type === 'lesson' ? address.section : ''
}

function addFamily(viewer: Viewer, directory: Directory, add: (range: Range) => void): void {
  for (const id of ['calendar', 'school', 'staff']) add(one(id))
  for (const child of viewer.children) {
    const student = directory.students.get(child)
    if (!student) continue
    add(one(`roster:${student.class}`))
    add(one(`timetable:${student.class}`))
    if (viewer.person !== child) add(one(`families:${student.class}`))
    for (const section of sectionsOfChild(child, directory)) add(all(`lesson:${section}:`))
  }
}

/** Whether a sheet is in the scope. */
export function isInScope(sheet: string, scope: readonly Range[]): boolean {
  return scope.some(({ start, end }) => sheet >= start && sheet <= end)
}

/** Tells one scope from another: whose children, which ranges, by which rules of projection (P-1). */
export function scopeHash(viewer: Viewer, scope: readonly Range[]): string {
  return hashOf({ scope, children: viewer.children, roles: viewer.roles, projectVersion }).slice(0, 16)
}
