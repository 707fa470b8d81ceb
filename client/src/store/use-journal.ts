import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { ShownSheet } from 'shared/journal/overlay'
import type { Directory } from 'shared/people/directory'
import { must } from 'shared/plain/must'
import type { Journal, OwnFate, SyncStatus } from './port'

/** The journal that is open on this screen. Provided by `app/` once somebody has signed in. */
export const JournalContext = createContext<Journal | null>(null)

export function useJournal(): Journal {
  return must(useContext(JournalContext), 'an open journal')
}

function useRead<T>(read: (journal: Journal) => T): T {
  const journal = useJournal()
  const subscribe = useCallback((listener: () => void) => journal.subscribe(listener), [journal])
  return useSyncExternalStore(subscribe, () => read(journal))
}

/** Repaints when the directory changes. */
export function useDirectory(): Directory {
  return useRead((journal) => journal.directory())
}

/** Repaints when this sheet changes, and for no other. */
export function useSheet(id: string): ShownSheet {
  return useRead((journal) => journal.sheet(id))
}

/** Grows with every change of the journal: for screens that read many sheets. */
export function useRevision(): number {
  return useRead((journal) => journal.revision())
}

export function useSyncStatus(): SyncStatus {
  return useRead((journal) => journal.status())
}

export function useOwnEntries(): readonly OwnFate[] {
  return useRead((journal) => journal.own())
}
