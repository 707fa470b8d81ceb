import { lazyScreen } from './lazy-screen'

/**
 * The screens by the first part of their address. Nothing but the way to their code: the door knows it, and a remembered
 * person's first screen comes beside what it stands on, not after it.
 */
export const screens = {
  today: lazyScreen(async () => (await import('../features/today/today-screen')).TodayScreen),
  week: lazyScreen(async () => (await import('../features/today/week-screen')).WeekScreen),
  lesson: lazyScreen(async () => (await import('../features/lesson/lesson-screen')).LessonScreen),
  journal: lazyScreen(async () => (await import('../features/journal/journal-screen')).JournalScreen),
  diary: lazyScreen(async () => (await import('../features/diary/diary-screen')).DiaryScreen),
  unsent: lazyScreen(async () => (await import('../features/sync-status/unsent-screen')).UnsentScreen),
  account: lazyScreen(async () => (await import('../features/account/account-screen')).AccountScreen),
}
/** Asks for the code of the screen that this address shows to somebody of the staff, or else to a family. */
export async function loadScreenAt(path: string, isStaff: boolean): Promise<void> {
  const home = isStaff ? 'today' : 'diary'
  const name = path.split('/')[1] || home
  if (isScreen(name)) await screens[name].load()
}

function isScreen(name: string): name is keyof typeof screens {
  return Object.hasOwn(screens, name)
}

// A screen whose code did not come (no network in the first minute) comes when somebody goes there again.
export function renewScreens(): void {
  for (const { renew } of Object.values(screens)) renew()
}
