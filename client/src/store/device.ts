import type { DexieOptions } from 'dexie'
import { makeApi, type Api } from '../sync/api'
import { browserClock } from '../sync/device-clock'
import { browserLock, type WithLock } from '../sync/locks'
import type { DeviceClock } from '../sync/ports'
import { beforePaint } from '../ui/before-paint'
import { newsStream } from '../sync/stream'
import { browserTimers, type Timers } from '../sync/timers'
import type { Keyring } from './keyring'
import { keyringName } from './keyring-name'
import { noting, opensItself } from './opens-itself'

/** What one browser has for all people who use it. Tests hand in a memory and a clock. */
export interface Device {
  keyring(): Promise<Keyring>
  /** Whether anybody may have worked here: told without opening anything, so that an empty device shows the door at once. */
  mayBeKnown(): Promise<boolean>
  /** Whether a journal opens here without the door, as far as that is told without opening anything; null: not told. */
  opensItself(): boolean | null
  api: Api
  clock: DeviceClock
  timers: Timers
  /** Calls back before the next frame is painted. */
  beforePaint: (run: () => void) => void
  random: () => number
  lock: WithLock
  /** Whose session the browser's cookie is: a vault's id. The cookie itself is out of a page's sight. */
  cookie: { owner(): string | null; set(vault: string | null): void }
  stream: typeof newsStream
  dexie: DexieOptions
  /** Names this device in the list of sessions. */
  name: string
}

export function browserDevice(): Device {
  const clock = browserClock()
  let keyring: Promise<Keyring> | null = null
  return {
    keyring() {
      // The door of a device where nobody has worked yet needs no database.
      keyring ??= openFirst().catch((error: unknown) => {
        keyring = null
        throw error
      })
      return keyring
    },
    async mayBeKnown() {
      const all = await indexedDB.databases?.().catch(() => null)
      return !all || all.some(({ name }) => name === keyringName)
    },
    opensItself,
    api: makeApi({ read: () => clock.read() }),
    clock,
    timers: browserTimers,
    beforePaint,
    random: Math.random,
    lock: browserLock,
    cookie: keptCookieOwner(),
    stream: newsStream,
    dexie: {},
    name: nameOf(navigator.userAgent),
  }
}

async function openFirst(): Promise<Keyring> {
  const { openKeyring } = await import('./keyring')
  return noting(await openKeyring())
}

function keptCookieOwner(): Device['cookie'] {
  const key = 'zvonok-session'
  return {
    owner: () => localStorage.getItem(key),
    set(vault) {
      if (vault === null) localStorage.removeItem(key)
      else localStorage.setItem(key, vault)
    },
  }
}

const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Macintosh', 'CrOS', 'Linux']
const browsers = ['YaBrowser', 'Firefox', 'Edg', 'Chrome', 'Safari']

/** «Chrome, Android»: enough to know one's own tablet in a list, and no more. */
export function nameOf(userAgent: string): string {
  const known = (names: string[]) => names.find((name) => userAgent.includes(name))
  return [known(browsers), known(systems)].filter(Boolean).join(', ') || 'Browser'
}
