import { lazyScreen } from './lazy-screen'

const load = () => import('./open-journal')

/** Everything behind the door. */
export const openJournal = lazyScreen(async () => (await load()).OpenJournal)

/** Asks for all that is drawn when a journal opens at this address, to somebody of the staff or else to a family. */
export async function loadFirstScreens(isStaff: boolean): Promise<void> {
  try {
    await openJournal.load()
    await (await load()).loadScreenAt(location.pathname, isStaff)
  } catch {
    // What cannot be had is asked for again by the screen itself, which says so.
  }
}
