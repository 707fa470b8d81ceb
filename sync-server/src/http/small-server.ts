import { randomBytes } from 'node:crypto'
import request from 'supertest'
import { db } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { makeAccounts } from '../accounts/accounts'
import type { AccountsDocument } from '../accounts/documents'
import { makeHasher, type PasswordHasher } from '../accounts/password-hash'
import type { SetUp } from '../accounts/set-up'
import { makeApp, type App } from '../app'
import { openJournal } from '../journal/open-journal'
import { foundingEntries } from '../journal/small-journal'
import { makeSigner, newPrivateKey } from '../journal/signer'
import { makeMemoryStores, type MemoryOptions } from '../store/memory'
import type { Store } from '../store/store'

const noLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
export const password = 'Ёлка-и-шишки-7'
export const device = { id: 'tablet1', name: 'Планшет 204' }

export interface SmallServer extends App {
  store: Store<AccountsDocument>
  /** The stopped clock; tests move it. */
  clock: { now: number }
  logged: { message: string; fields: Record<string, unknown> }[]
  /** How many passwords were looked at. */
  hashed: { matches: number }
  signIn: (login: string, over?: { password?: string; device?: typeof device }) => request.Test
  /** The cookie of a fresh session. */
  cookieOf: (login: string, over?: { device?: typeof device }) => Promise<string>
  /** The app again over the same store, as after a restart. */
  restarted: () => App
  epoch: () => string
}

/** The small school's server in memory: `t1` and `g1` sign in with `password`, `t2` has an issued one. */
export async function smallServer(
  over: { memory?: MemoryOptions; setUp?: SetUp | null } = {},
): Promise<SmallServer> {
  const stores = makeMemoryStores(over.memory)
  const store = await stores.open<AccountsDocument>('accounts')
  await store.ensure()
  const clock = { now: Date.parse('2026-09-16T06:40:00Z') }
  const now = () => clock.now
  const logged: SmallServer['logged'] = []
  const hashed = { matches: 0 }
  const hasher = countingHasher(hashed)
  const log = (fields: object, message?: string) =>
    void logged.push({ message: message ?? '', fields: { ...fields } })
  const accounts = makeAccounts(store, hasher, now)
  for (const login of ['t1', 'g1'])
    await accounts.create({ login, password, person: login, db, issued: false })
  await accounts.create({ login: 't2', password, person: 't2', db, issued: true })
  const signer = makeSigner(newPrivateKey())
  const journal = await openJournal({
    stores,
    db,
    signer,
    now,
    elapsed: now,
    random: Math.random,
    schedule: () => () => undefined,
    log: noLog,
  })
  await journal.found(foundingEntries())
  const build = () =>
    makeApp({
      accounts: store,
      journals: {
        get: async (name) => (name === db ? journal : null),
        list: async () => [db],
        isSchool: async () => true,
      },
      signer,
      hasher,
      now,
      random: randomBytes,
      log: { info: log, warn: log, error: log },
      version: '0.1.0',
      epoch: () => journal.epoch(),
      setUp: over.setUp ?? null,
      trustProxy: 'loopback',
      client: null,
    })
  const built = build()
  const signIn: SmallServer['signIn'] = (login, { password: given = password, device: on = device } = {}) =>
    request(built.app).post('/api/session').send({ login, password: given, device: on })
  const cookieOf: SmallServer['cookieOf'] = async (login, sent) =>
    cookieIn(await signIn(login, sent).expect(200))
  return {
    ...built,
    store,
    clock,
    logged,
    hashed,
    signIn,
    cookieOf,
    restarted: build,
    epoch: () => journal.epoch(),
  }
}

/** The session's cookie as a browser sends it back. */
export function cookieIn(res: request.Response): string {
  const set = must(res.get('Set-Cookie')?.[0], 'a cookie')
  return must(set.split(';')[0], 'a cookie')
}

function countingHasher(hashed: { matches: number }): PasswordHasher {
  const hasher = makeHasher()
  return {
    hash: (given) => hasher.hash(given),
    matches: (stored, given) => {
      hashed.matches++
      return hasher.matches(stored, given)
    },
  }
}
