import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { diaryNews, newestVersion, type DiaryNews } from 'shared/diary/diary-news'
import { useJournal } from '../../store/use-journal'
import { keepSeen, readSeen } from './seen'
import type { Diary } from './use-diary'

export type NewsOfChild = DiaryNews & { child: string }

/** Away for longer than this, the next look is a new visit. */
const visitEnds = 30 * 60_000

/**
 * What is new for any of this person's children since their last visit. The list stays for the visit, or until it is
 * said to have been read; leaving the diary ends a visit. At the very first nothing is new: it would be everything.
 */
export function useNews({ children, lessons, directory, read, today }: Diary): {
  news: NewsOfChild[]
  setRead: () => void
} {
  const { me } = useJournal()
  const [since, setSince] = useState(() => readSeen(me))
  const newest = useMemo(
    () => Math.max(0, ...children.map(({ id }) => newestVersion(lessons.get(id) ?? [], read))),
    [children, lessons, read],
  )
  const latest = useRef(newest)
  useEffect(() => {
    latest.current = newest
  })

  useEffect(() => {
    let hiddenAt = 0
    const onChange = () => {
      if (document.visibilityState === 'hidden') {
        hiddenAt = Date.now()
        keepSeen(me, latest.current)
      } else if (Date.now() - hiddenAt > visitEnds) {
        setSince(readSeen(me))
      }
    }
    document.addEventListener('visibilitychange', onChange)
    return () => {
      document.removeEventListener('visibilitychange', onChange)
      keepSeen(me, latest.current)
    }
  }, [me])

  const news = useMemo(() => {
    if (since === null) return []
    return children
      .flatMap(({ id }) =>
        diaryNews(id, lessons.get(id) ?? [], directory, read, { since, today }).map((one) => ({
          ...one,
          child: id,
        })),
      )
      .sort((a, b) => b.version - a.version)
  }, [children, lessons, directory, read, today, since])
  const setRead = useCallback(() => {
    keepSeen(me, latest.current)
    setSince(latest.current)
  }, [me])
  return { news, setRead }
}
