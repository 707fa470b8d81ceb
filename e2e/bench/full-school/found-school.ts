import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealEntry } from 'shared/journal/entry'
import { accountId, type AccountsDocument } from '../../../sync-server/src/accounts/documents'
import { makeHasher } from '../../../sync-server/src/accounts/password-hash'
import { openJournal } from '../../../sync-server/src/journal/open-journal'
import type { Founded, Signer } from '../../../sync-server/src/journal/port'
import { realSchedule } from '../../../sync-server/src/journal/schedule'
import { makeSigner } from '../../../sync-server/src/journal/signer'
import { keyFromAccounts, keyFromFile } from '../../../sync-server/src/start/signing-key'
import { openStores } from '../../../sync-server/src/store/open-stores'
import type { Store, StoreFactory } from '../../../sync-server/src/store/store'
import { Stack } from '../../stack'
import { directorySheets } from './cells'

export const db = 'journal-bench-2026'
export const password = 'Ёлка-и-шишки-7'
/** The evening of a school day: every lesson of it has begun, and none of its deadlines is over. */
export const schoolDay = '2026-09-16'
export const evening = Date.parse('2026-09-16T13:00:00Z')
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const bulk = 500

/** Who is signed in on one device: what a server needs to have stored, and the cookie of it. */
export interface SignedInDevice {
  person: string
  device: string
  cookie: string
}

export interface FoundedSchool {
  signer: Signer
  devices: SignedInDevice[]
  /** The product over this school; its clock goes on from `evening`. */
  start(env?: Record<string, string>): Promise<Stack>
  remove(): Promise<void>
}

export interface SchoolPlan {
  classes: number
  /** Whose devices are signed in; somebody named twice has two. */
  devices: readonly string[]
  /** Who else may sign in. */
  accounts?: readonly string[]
  couchdb: string | null
  /** What was written in lessons before the server starts. */
  lessons?: (signer: Signer) => Iterable<Founded>
  /** Fills the store further. */
  fill?: (stores: StoreFactory) => Promise<void>
}

/**
 * A founded school in a folder of its own, with sign-ins that share one password and devices that are signed in. It
 * stands as the demo, so that a server started over it takes `CLOCK`.
 */
export async function foundSchool(plan: SchoolPlan): Promise<FoundedSchool> {
  const { classes, devices, couchdb } = plan
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-bench-'))
  if (couchdb) await emptyCouch(couchdb)
  const stores = await openStores({ ...(couchdb ? { couchdbUrl: couchdb } : {}), dataDir })
  const accounts = await stores.open<AccountsDocument>('accounts')
  await accounts.ensure()
  const signer = makeSigner(couchdb ? await keyFromAccounts(accounts) : await keyFromFile(dataDir, false))
  // Long enough before the server starts that no device takes it for what may still be under way (P-2).
  const now = () => evening - 3_600_000
  const parts = { signer, now, random: Math.random, schedule: realSchedule, log: silent }
  const journal = await openJournal({ ...parts, stores, db })
  await journal.found([...foundingEntries(classes), ...(plan.lessons?.(signer) ?? [])])
  await plan.fill?.(stores)
  await journal.close()
  const signedIn = devices.map((person, i) => deviceOf(person, `d${i}`))
  await writeAll(accounts, [
    demoDocument(),
    ...(await accountsOf(plan.accounts ?? [])),
    ...signedIn.map(sessionOf),
  ])
  await stores.close()
  return {
    signer,
    devices: signedIn.map(({ token, ...device }) => ({ ...device, cookie: `zvonok=${token}` })),
    start: (env = {}) =>
      Stack.start({
        demo: 'fixture',
        clock: new Date(evening).toISOString(),
        dataDir,
        // A store that is filled already must not be emptied.
        couchdb: null,
        env: { ...(couchdb ? { COUCHDB_URL: couchdb } : {}), ...env },
      }),
    remove: () => rm(dataDir, { recursive: true, force: true }),
  }
}

function* foundingEntries(classes: number): Generator<Founded> {
  const clock = { wall: evening, mono: 0, boot: 'office', jumps: 0 }
  let n = 0
  for (const [sheet, cells] of directorySheets(classes)) {
    const changes = Object.entries(cells).map(([cell, value]) => ({ cell, value, base: [] }))
    for (let from = 0; from < changes.length; from += 200) {
      const content = {
        db,
        sheet,
        kind: 'keep-directory',
        changes: changes.slice(from, from + 200),
        author: 'office',
        device: 'office',
        n: ++n,
        made: { clock, contact: null },
      }
      yield { received: Date.parse('2026-08-28T07:00:00Z'), entry: sealEntry(content) }
    }
  }
}

async function accountsOf(people: readonly string[]): Promise<AccountsDocument[]> {
  const hash = await makeHasher().hash(password)
  return people.map((person) => ({
    _id: accountId(person),
    type: 'account',
    login: person,
    person,
    db,
    hash,
    mustChangePassword: false,
    created: evening,
  }))
}

interface NewDevice {
  person: string
  device: string
  token: string
}

function deviceOf(person: string, device: string): NewDevice {
  return { person, device, token: randomBytes(32).toString('base64url') }
}

function sessionOf({ person, device, token }: NewDevice): AccountsDocument {
  return {
    _id: `session:${createHash('sha256').update(token).digest('base64url')}`,
    type: 'session',
    person,
    login: person,
    db,
    device: { id: device, name: device },
    mustChangePassword: false,
    created: evening,
    seen: evening,
    expires: evening + 14 * 86_400_000,
  }
}

function demoDocument(): AccountsDocument {
  const made = { kind: 'fixture', seed: 'bench', db, made: evening, ready: true, signIns: [] }
  return { _id: 'demo', type: 'demo', ...made }
}

async function writeAll(store: Store<AccountsDocument>, docs: readonly AccountsDocument[]): Promise<void> {
  for (let from = 0; from < docs.length; from += bulk) {
    const outcomes = await store.write(docs.slice(from, from + bulk).map((doc) => ({ doc, rev: null })))
    for (const [id, { is }] of outcomes) if (is !== 'written') throw new Error(`${id} is not written: ${is}`)
  }
}

async function emptyCouch(address: string): Promise<void> {
  const { username, password: secret, origin } = new URL(address)
  const headers = { authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}` }
  const names = (await (await fetch(`${origin}/_all_dbs`, { headers })).json()) as string[]
  for (const name of names) {
    if (name === 'accounts' || name === db) await fetch(`${origin}/${name}`, { method: 'DELETE', headers })
  }
}
