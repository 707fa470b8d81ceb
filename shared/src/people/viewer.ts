import type { Day } from '../journal/ids'
import { isOnDuty, type Directory, type Section } from './directory'
import type { Role } from './directory-cells'

/**
 * Who looks, as the journal's own directory knows them (I4): never what a request claims. One person may be several:
 * a teacher, a homeroom teacher and a guardian at once (ACC-09).
 */
export interface Viewer {
  person: string
  roles: Role[]
  /** Sections taught. */
  sections: string[]
  /** Lessons of others held as a substitute. */
  substituted: string[]
  /** Classes led as homeroom teacher. */
  homerooms: string[]
  /** Own children, or oneself for a student: whose cells are seen (ACC-19). */
  children: string[]
}

/** What this person is in the journal on this day. Somebody unknown is a viewer of nothing. */
export function viewerOf(person: string, day: Day, directory: Directory): Viewer {
  const member = directory.staff.get(person)
  const onDuty = member !== undefined && isOnDuty(member, day)
  const children = new Set(directory.guardians.get(person)?.children ?? [])
  if (directory.students.has(person)) children.add(person)
  const viewer: Viewer = {
    person,
    roles: [],
    sections: [],
    substituted: [],
    homerooms: [],
    children: [...children].sort(),
  }
  if (!onDuty) return viewer
  viewer.roles = [...member.roles]
  for (const section of directory.sections.values())
    if (section.teacher === person) viewer.sections.push(section.id)
  for (const [lesson, { teacher }] of directory.substitutions)
    if (teacher === person) viewer.substituted.push(lesson)
  for (const schoolClass of directory.classes.values()) {
    if (schoolClass.homeroom === person) viewer.homerooms.push(schoolClass.id)
  }
  viewer.sections.sort()
  viewer.substituted.sort()
  viewer.homerooms.sort()
  return viewer
}

/** Staff work in the journal; students and guardians read their diary (ACC-18). */
export function isStaff(viewer: Viewer): boolean {
  return viewer.roles.length > 0
}

/** Whether anybody of this id is known to the journal. */
export function isKnown(viewer: Viewer): boolean {
  return isStaff(viewer) || viewer.children.length > 0
}

export function readsAll(viewer: Viewer): boolean {
  return viewer.roles.includes('deputy') || viewer.roles.includes('director')
}

/** The sections a child studies in. */
export function sectionsOfChild(child: string, directory: Directory): string[] {
  const found: string[] = []
  for (const section of directory.sections.values()) {
    if (studiesIn(child, section, directory)) found.push(section.id)
  }
  return found.sort()
}

/** Whether a child studies in this section: of its class, and where that is split, of its subgroup (I2). */
export function studiesIn(
  child: string,
  { class: ofClass, members }: Section,
  directory: Directory,
): boolean {
  return directory.students.get(child)?.class === ofClass && (members?.includes(child) ?? true)
}
