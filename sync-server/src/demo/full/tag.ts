/** Makes an id or a login of this school's own: the first school's are plain, those of the second end in `-2`. */
export type Tag = (id: string) => string

export function tagOf(school: number): Tag {
  return (id) => (school === 1 ? id : `${id}-${school}`)
}
