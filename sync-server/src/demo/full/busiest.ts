import type { Directory } from 'shared/people/directory'

/** Who teaches most lessons a week, and how many; of several the first by id. */
export function busiestTeacherOf(directory: Pick<Directory, 'sections' | 'week'>): {
  person: string
  hours: number
} {
  const hours = new Map<string, number>()
  for (const { id, teacher } of directory.sections.values()) {
    if (teacher) hours.set(teacher, (hours.get(teacher) ?? 0) + (directory.week.get(id)?.length ?? 0))
  }
  const [busiest] = [...hours].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1))
  return { person: busiest?.[0] ?? '', hours: busiest?.[1] ?? 0 }
}
