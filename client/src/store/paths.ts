/** Addresses of the screens. Only ids stand in them, never a name. */
export function lessonPath(id: string): string {
  return `/lesson/${encodeURIComponent(id)}`
}

export function journalPath(section: string): string {
  return `/journal/${encodeURIComponent(section)}`
}
