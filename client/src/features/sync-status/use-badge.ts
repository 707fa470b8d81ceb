import { useMemo } from 'react'
import { useJournal, useOwnEntries, useSyncStatus } from '../../store/use-journal'
import { momentLabel } from '../../text/dates'
import type { Language } from '../../text/text'
import { badgeOf, type Badge } from './badge'
import { unsettledOf, type Group, type Unsettled } from './unsettled'

/** The own entries that are not settled. Any change of a sheet makes the list of own entries a new one. */
export function useUnsettled(): Map<Group, Unsettled[]> {
  const journal = useJournal()
  const own = useOwnEntries()
  return useMemo(() => unsettledOf(own, journal.elsewhere(), (id) => journal.sheet(id)), [journal, own])
}

export function useBadge(language: Language): Badge {
  const journal = useJournal()
  const status = useSyncStatus()
  const unsettled = useUnsettled()
  const { zone, roles } = journal.me
  const lastSync =
    status.lastSync === null ? null : momentLabel(status.lastSync, journal.now(), zone, language)
  return badgeOf({ status, unsettled, readsOnly: roles.length === 0, lastSync }, language)
}
