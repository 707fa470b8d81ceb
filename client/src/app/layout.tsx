import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { setTheme, useIsDark } from '../features/account/theme'
import { SyncBadge } from '../features/sync-status/sync-badge'
import { useJournal, useSyncStatus } from '../store/use-journal'
import { setLanguage, useText } from '../text/text'
import { useLanguage } from '../text/use-language'
import { appTexts } from './app-texts'

/** What stands around every screen: where to go, and where the entries are, in the same corner everywhere (OFF-12). */
export function Layout({ children }: { children: ReactNode }) {
  const text = useText(appTexts)
  return (
    <>
      <a className="app-skip" href="#content">
        {text.skip}
      </a>
      <header className="app-bar">
        <Nav />
        <div className="app-corner">
          <LanguageSwitch />
          <ThemeSwitch />
          <SyncBadge />
        </div>
      </header>
      <Notes />
      <Content>{children}</Content>
    </>
  )
}

// The door is a page of its own and brings its own `main`.
function Content({ children }: { children: ReactNode }) {
  const [location] = useLocation()
  const Tag = location === '/sign-in' ? 'div' : 'main'
  return (
    <Tag id="content" className="app-content" tabIndex={-1}>
      {children}
    </Tag>
  )
}

function Nav() {
  const text = useText(appTexts)
  const { roles, children } = useJournal().me
  const isStaff = roles.length > 0
  return (
    <nav className="app-nav" aria-label={text.nav}>
      {isStaff && <NavLink href="/">{text.today}</NavLink>}
      {isStaff && <NavLink href="/week">{text.week}</NavLink>}
      {children.length > 0 && <NavLink href="/diary">{text.diary}</NavLink>}
      <NavLink href="/account">{text.account}</NavLink>
    </nav>
  )
}

function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const [location] = useLocation()
  return (
    <Link href={href} className="app-link" aria-current={location === href ? 'page' : undefined}>
      {children}
    </Link>
  )
}

/** What the person has to know wherever they are. */
function Notes() {
  const text = useText(appTexts)
  const { state, readOnlyAfterDays } = useSyncStatus()
  if (readOnlyAfterDays) return <output className="app-note">{text.readOnly(readOnlyAfterDays)}</output>
  if (state === 'signed-out') {
    return (
      <output className="app-note">
        {text.signInAgain} <Link href="/sign-in">{text.enter}</Link>
      </output>
    )
  }
  if (state === 'too-old') {
    return <output className="app-note">{text.tooOld}</output>
  }
  return null
}

function LanguageSwitch() {
  const text = useText(appTexts)
  const other = useLanguage() === 'ru' ? 'en' : 'ru'
  return (
    <button type="button" className="app-switch" lang={other} onClick={() => setLanguage(other)}>
      <span aria-hidden="true">{other.toUpperCase()}</span>
      <span className="visually-hidden">{text.otherLanguage}</span>
    </button>
  )
}

function ThemeSwitch() {
  const text = useText(appTexts)
  const isDark = useIsDark()
  return (
    <button
      type="button"
      className="app-switch"
      aria-label={isDark ? text.lighter : text.darker}
      onClick={() => setTheme(isDark ? 'light' : 'dark')}
    >
      <span aria-hidden="true">{isDark ? '☀' : '☾'}</span>
    </button>
  )
}
