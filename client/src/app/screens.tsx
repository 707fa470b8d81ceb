import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import type { AccountActions } from '../features/account/account-actions'
import type { Device } from '../store/device'
import type { OpenAccount } from '../store/open-account'
import { useText } from '../text/text'
import { appTexts } from './app-texts'
import { ErrorScreen } from './error-screen'
import { FormerPassword } from './former-password'

const load = {
  today: () => import('../features/today/today-screen'),
  week: () => import('../features/today/week-screen'),
  lesson: () => import('../features/lesson/lesson-screen'),
  journal: () => import('../features/journal/journal-screen'),
  diary: () => import('../features/diary/diary-screen'),
  unsent: () => import('../features/sync-status/unsent-screen'),
  account: () => import('../features/account/account-screen'),
}
const TodayScreen = lazy(async () => ({ default: (await load.today()).TodayScreen }))
const WeekScreen = lazy(async () => ({ default: (await load.week()).WeekScreen }))
const LessonScreen = lazy(async () => ({ default: (await load.lesson()).LessonScreen }))
const JournalScreen = lazy(async () => ({ default: (await load.journal()).JournalScreen }))
const DiaryScreen = lazy(async () => ({ default: (await load.diary()).DiaryScreen }))
const UnsentScreen = lazy(async () => ({ default: (await load.unsent()).UnsentScreen }))
const AccountScreen = lazy(async () => ({ default: (await load.account()).AccountScreen }))

interface Props {
  account: OpenAccount
  actions: AccountActions
  device: Device
  door: ReactNode
}

/** The addresses of the application. Only ids stand in them, never a name. */
export function Screens({ account, actions, device, door }: Props) {
  const [location] = useLocation()
  const { roles } = account.journal.me
  const text = useText(appTexts)
  usePreload()
  return (
    <ErrorScreen key={location}>
      {account.hasLost && <output className="app-note">{text.lost}</output>}
      <Suspense fallback={<Opening />}>
        <Switch>
          <Route path="/">{roles.length > 0 ? <TodayScreen /> : <Redirect to="/diary" replace />}</Route>
          <Route path="/week">
            <WeekScreen />
          </Route>
          <Route path="/lesson/:id">{({ id }) => <LessonScreen key={id} id={decoded(id)} />}</Route>
          <Route path="/journal/:section">
            {({ section }) => <JournalScreen key={section} section={decoded(section)} />}
          </Route>
          <Route path="/diary">
            <DiaryScreen />
          </Route>
          <Route path="/unsent">
            <UnsentScreen />
          </Route>
          <Route path="/account">
            <AccountScreen actions={actions} />
            <FormerPassword account={account} device={device} />
          </Route>
          <Route path="/sign-in">{door}</Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </ErrorScreen>
  )
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

// Whoever loses the network in the first minute must be able to open every screen all the same.
function usePreload(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const one of Object.values(load)) one().catch(() => {})
    }, 1500)
    return () => clearTimeout(timer)
  }, [])
}

function Opening() {
  return <p className="app-opening">{useText(appTexts).loading}</p>
}

function NotFound() {
  const text = useText(appTexts)
  return (
    <div className="app-missing">
      <p>{text.notFound}</p>
      <Link href="/">{text.toStart}</Link>
    </div>
  )
}
