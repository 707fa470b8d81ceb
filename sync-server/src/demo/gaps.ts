import { lessonsOfPerson, type Lesson } from 'shared/calendar/lessons'
import type { Day } from 'shared/journal/ids'
import type { Directory } from 'shared/people/directory'
import { chanceOf } from './chance'

/** What a page lacks. */
export type Gap = 'page' | 'topic' | 'homework'

/**
 * What teachers forgot, so that Today and the deputy's board have something to show: of yesterday's lessons each
 * teacher's last lacks its homework, and who had three or more left another one without its topic and a third empty.
 */
export function gapsOfDay(date: Day, directory: Directory): Map<string, Gap> {
  const gaps = new Map<string, Gap>()
  for (const person of directory.staff.keys()) {
    const lessons = lessonsOfPerson(person, date, directory).filter(
      (lesson) => !lesson.cancelled && (lesson.substitute ?? lesson.teacher) === person,
    )
    const [last, second, third] = lessons.reverse()
    if (last) gaps.set(last.id, 'homework')
    if (second && third) {
      gaps.set(second.id, 'page')
      gaps.set(third.id, 'topic')
    }
  }
  return gaps
}

/** The rare gap of an ordinary day. */
export function rareGap(lesson: Lesson, seed: string): Gap | null {
  const chance = chanceOf(seed, 'gap', lesson.id)
  if (chance.happens(0.01)) return 'homework'
  return chance.happens(0.003) ? 'page' : null
}
