import { useEffect } from 'react'
import { useJournal } from './use-journal'

/** P-5: who may read all holds a section only once it is opened; everybody else holds theirs anyway. */
export function useOpenSection(section: string): void {
  const journal = useJournal()
  const isOnRequest = journal.me.roles.some((role) => role === 'deputy' || role === 'director')
  useEffect(() => {
    if (isOnRequest) journal.open(section)
  }, [journal, section, isOnRequest])
}
