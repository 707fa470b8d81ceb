import type { Directory, Section } from 'shared/people/directory'
import { readsAll, type Viewer } from 'shared/people/viewer'

export interface ClassJournals {
  className: string
  sections: Section[]
}

/** The journals this person may open: own ones first, then those of their class, or of every class (ACC-13 … ACC-16). */
export function journalsOf(
  viewer: Viewer,
  directory: Directory,
): { own: ClassJournals[]; others: ClassJournals[] } {
  const all = [...directory.sections.values()]
  const isOwn = (section: Section) => section.teacher === viewer.person
  const isOther = (section: Section) => readsAll(viewer) || viewer.homerooms.includes(section.class)
  return {
    own: byClass(all.filter(isOwn), directory),
    others: byClass(
      all.filter((section) => isOther(section) && !isOwn(section)),
      directory,
    ),
  }
}

// Made when the first two classes are compared: it takes longer than the comparisons.
let collator: Intl.Collator | null = null
function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator('ru', { numeric: true })
  return collator.compare(a, b)
}

function byClass(sections: readonly Section[], directory: Directory): ClassJournals[] {
  const classes = new Map<string, Section[]>()
  for (const section of sections) classes.set(section.class, [...(classes.get(section.class) ?? []), section])
  const nameOf = (section: Section) => `${section.name} ${section.group ?? ''}`
  return [...classes]
    .map(([id, list]) => ({
      className: directory.classes.get(id)?.name ?? id,
      sections: list.sort((a, b) => compareNames(nameOf(a), nameOf(b))),
    }))
    .sort((a, b) => compareNames(a.className, b.className))
}
