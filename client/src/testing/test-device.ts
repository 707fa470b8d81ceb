import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { db } from 'shared/testing/small-school'
import type { SessionReply } from 'shared/wire/session'
import type { Api } from '../sync/api'
import type { WithLock } from '../sync/locks'
import type { ApiResult } from '../sync/ports'
import type { Device } from '../store/device'
import { openKeyring } from '../store/keyring'
import { noting, opensItself } from '../store/opens-itself'
import { handTimers, type TinySchool } from './tiny-school'
import { duringMathLesson, meOf, standingClock } from './test-journal'

/** People of the small school who may sign in, by login. */
export interface TestAccounts {
  [login: string]: { person: string; password: string; mustChangePassword?: boolean }
}

/** One browser in front of a tiny school: its disk, its cookie, its locks. `pages` on it come and go. */
export function testDevice(school: TinySchool, accounts: TestAccounts): Device & { indexedDB: IDBFactory } {
  const indexedDB = new IDBFactory()
  const dexie = { indexedDB, IDBKeyRange }
  const clock = standingClock(duringMathLesson)
  const cookie: { login: string | null; owner: string | null } = { login: null, owner: null }

  const meta = () => {
    const contact = { time: school.time, token: 'token', clock: clock.read() }
    return { contact, epoch: school.epoch, protocol: 1 }
  }
  const none = (failure: 'offline' | 'signed-out', code?: string) => ({
    ok: false as const,
    failure,
    ...(code ? { code } : {}),
  })
  const whoIs = (): ApiResult<SessionReply> => {
    const account = cookie.login === null ? undefined : accounts[cookie.login]
    if (school.down) return none('offline')
    if (!account) return none('signed-out', 'not-signed-in')
    const { mustChangePassword = false } = account
    const body = { ...meOf(account.person), db, mustChangePassword, key: school.key, session: 'session' }
    return { ok: true, body, meta: meta() }
  }
  /** As the server does: whose entries they are is who the cookie says. */
  const asSignedIn = () => {
    const session = whoIs()
    school.signedIn = session.ok ? session.body.person : null
  }

  const api: Api = {
    push: (envelope) => (asSignedIn(), school.api.push(envelope)),
    pull: (envelope) => (asSignedIn(), school.api.pull(envelope)),
    async signIn({ login, password }) {
      if (school.down) return none('offline')
      if (accounts[login]?.password !== password) return none('signed-out', 'wrong-login')
      cookie.login = login
      return whoIs()
    },
    session: async () => whoIs(),
    async signOut() {
      cookie.login = null
      return { ok: true, body: null, meta: meta() }
    },
    async changePassword(old, chosen) {
      const account = accounts[cookie.login ?? '']
      if (school.down) return none('offline')
      if (account?.password !== old) return none('signed-out', 'wrong-login')
      Object.assign(account, { password: chosen, mustChangePassword: false })
      return { ok: true, body: null, meta: meta() }
    },
    sessions: async () => ({ ok: true, body: { sessions: [] }, meta: meta() }),
    endSession: async () => ({ ok: true, body: null, meta: meta() }),
    history: async () => none('offline'),
    demo: async () => none('offline'),
  }

  return {
    indexedDB,
    keyring: async () => noting(await openKeyring({ dexie, rounds: 1000 })),
    opensItself,
    mayBeKnown: async () => (await indexedDB.databases()).length > 0,
    api,
    clock,
    timers: handTimers(),
    beforePaint: (run) => run(),
    random: () => 0.5,
    lock: queueing(),
    cookie: { owner: () => cookie.owner, set: (vault) => (cookie.owner = vault) },
    stream: () => ({ connect() {}, close() {} }),
    dexie,
    name: 'a browser in a test',
  }
}

/** Locks that let one in after the other. */
function queueing(): WithLock {
  const tails = new Map<string, Promise<unknown>>()
  return (name, _mode, run) => {
    const turn = (tails.get(name) ?? Promise.resolve()).then(run, run)
    tails.set(name, turn)
    return turn
  }
}
