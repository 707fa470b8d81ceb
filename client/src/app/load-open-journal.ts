import { lazyScreen } from './lazy-screen'
import { loadScreenAt } from './screen-code'

/** Everything behind the door. */
export const openJournal = lazyScreen(async () => (await import('./open-journal')).OpenJournal)

/** Asks for all that is drawn when a journal opens at this address, to somebody of the staff or else to a family. */
export async function loadFirstScreens(isStaff: boolean): Promise<void> {
  try {
    await Promise.all([openJournal.load(), loadScreenAt(location.pathname, isStaff)])
  } catch {
    // What cannot be had is asked for again by the screen itself, which says so.
  }
}
