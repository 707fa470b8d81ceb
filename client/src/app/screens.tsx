import { Suspense, useEffect, type ReactNode } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import type { AccountActions } from '../features/account/account-actions'
import type { Device } from '../store/device'
import type { OpenAccount } from '../store/open-account'
import { useText } from '../text/text'
import { appTexts } from './app-texts'
import { ErrorScreen } from './error-screen'
import { FormerPassword } from './former-password'
import { renewScreens, screens } from './screen-code'

const { Screen: TodayScreen } = screens.today
const { Screen: WeekScreen } = screens.week
const { Screen: LessonScreen } = screens.lesson
const { Screen: JournalScreen } = screens.journal
const { Screen: DiaryScreen } = screens.diary
const { Screen: UnsentScreen } = screens.unsent
const { Screen: AccountScreen } = screens.account

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
    <ErrorScreen key={location} onBroken={renewScreens}>
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
      for (const { load } of Object.values(screens)) load().catch(() => {})
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
