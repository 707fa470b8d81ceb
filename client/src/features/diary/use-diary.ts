import { useMemo } from 'react'
import { dayOf } from 'shared/calendar/zone'
import type { Lesson } from 'shared/calendar/lessons'
import type { ReadCells } from 'shared/diary/homework-due'
import { lessonsOfChild } from 'shared/diary/lessons-of-child'
import type { Day } from 'shared/journal/ids'
import type { Directory, Student } from 'shared/people/directory'
import type { Journal } from '../../store/port'
import { useDirectory, useJournal, useRevision } from '../../store/use-journal'
import { useNow } from '../../ui/use-now'

export interface Diary {
  /** The children of this person, in the order of their ids; those whose class has not come yet are left out. */
  children: Student[]
  /** Each child's lessons of the whole year, in order. */
  lessons: ReadonlyMap<string, Lesson[]>
  directory: Directory
  read: ReadCells
  now: number
  today: Day
  zone: string
}

/** All that the diary is drawn from; a new `read` with every change, so that what rests on it is read anew. */
export function useDiary(): Diary {
  const journal = useJournal()
  const directory = useDirectory()
  const revision = useRevision()
  const { zone, children: ids } = journal.me
  const now = useNow(() => journal.now())
  const children = useMemo(() => ids.flatMap((id) => directory.students.get(id) ?? []), [ids, directory])
  const lessons = useMemo(() => {
    const { start, end } = directory.calendar.year
    return new Map(children.map(({ id }) => [id, start ? lessonsOfChild(id, start, end, directory) : []]))
  }, [children, directory])
  const read = useMemo(() => readerOf(journal, revision), [journal, revision])
  return { children, lessons, directory, read, now, today: dayOf(now, zone), zone }
}

// A new function with every revision, so that what was read with the one before is read anew.
function readerOf(journal: Journal, _revision: number): ReadCells {
  return (sheet) => journal.sheet(sheet).cells
}
