import type { SheetDocument } from 'shared/journal/document'
import type { AccountsDocument } from '../accounts/documents'
import { makeAccounts } from '../accounts/accounts'
import type { PasswordHasher } from '../accounts/password-hash'
import { read } from '../accounts/update'
import { demoOf, type makeDemo } from '../demo/demo'
import { makeSchoolOf } from '../demo/full/school-of'
import { openJournal } from '../journal/open-journal'
import { realSchedule } from '../journal/schedule'
import { makeSigner, newPrivateKey } from '../journal/signer'
import { makeMemoryStores, type MemoryStores } from '../store/memory'
import { StoreUnavailable } from '../store/store'
import { foundDemo, NotForDemo } from './found-demo'
import { makeJournals } from './journals'

const log = { info() {}, warn() {}, error() {} }
// Some days before the year: the schools have people and a timetable, and nothing was taught yet.
const now = () => Date.parse('2026-08-20T08:00:00Z')
const plan = { kind: 'full' as const, seed: 'zvonok', schools: 2 }
const [first, second] = ['journal-school101-2026', 'journal-school102-2026']
const signer = makeSigner(newPrivateKey())
// Argon2 sixty times a test would measure itself.
const hasher: PasswordHasher = {
  hash: async (password) => `of ${password}`,
  matches: async (hash, password) => hash === `of ${password}`,
}

// Two classes are quickly made, again and again.
const make: typeof makeDemo = (_kind, { school = 1, ...options }) =>
  demoOf(makeSchoolOf({ classes: 2, seed: options.seed, school }), 'full', options)

async function serverOver(stores: MemoryStores) {
  const store = await stores.open<AccountsDocument>('accounts')
  await store.ensure()
  const lines: string[] = []
  const parts = { stores, signer, now, random: () => 0.5, schedule: realSchedule, log }
  const journals = makeJournals(stores, (db) => openJournal({ ...parts, db }))
  const print = (line: string) => void lines.push(line)
  const deps = { store, journals, hasher, now, print, make }
  return {
    store,
    lines,
    journals,
    async found(schools = plan.schools) {
      try {
        return await foundDemo({ ...plan, schools }, deps)
      } finally {
        await journals.close()
      }
    },
  }
}

/** Which entries stand on which sheets. */
async function entriesIn(stores: MemoryStores, db: string): Promise<string[]> {
  const sheets = await (await stores.open<SheetDocument>(db)).range('a', 'z~', 100_000)
  return sheets.flatMap(({ _id, links }) =>
    links.map((link) => `${_id} ${link.type === 'entry' ? link.entry.id : link.type}`),
  )
}

/** Stores where the power goes at the so-manieth write that fits. */
function failing(at: number, fits: (db: string, id: string) => boolean) {
  let writes = 0
  return makeMemoryStores({
    onWrite: (db, { doc }) => {
      if (fits(db, doc._id) && ++writes === at) throw new StoreUnavailable('the power went')
      return null
    },
  })
}

const whole = makeMemoryStores()

test('two schools stand side by side, each with sign-ins that open it', async () => {
  const server = await serverOver(whole)
  const demo = await server.found()
  expect(demo).toMatchObject({ db: first, others: [second], founded: 2, ready: true })
  const accounts = makeAccounts(server.store, hasher, now)
  expect((await accounts.find('busiest'))?.db).toBe(first)
  expect((await accounts.find('busiest-2'))?.db).toBe(second)
  expect(demo.signIns.find(({ login }) => login === 'busiest-2')).toMatchObject({
    password: 'busiest-2-2026',
  })
  expect(demo.signIns.find(({ login }) => login === 'busiest-2')?.note).toContain('Школа № 102')
  expect(await entriesIn(whole, first)).toHaveLength(10)
  expect(await entriesIn(whole, second)).toHaveLength(10)
  // Started again, it goes on as it stands.
  const again = await serverOver(whole)
  expect(await again.found()).toEqual(demo)
  expect(again.lines).toEqual([])
})

test.each([
  ['in the second school', failing(6, (db) => db === second)],
  ['while sign-ins are made', failing(5, (_db, id) => id.startsWith('account:'))],
  ['before the word that all is done', failing(4, (db, id) => db === 'accounts' && id === 'demo')],
])(
  'broken off %s it is ended by the next start, whatever number that asks for',
  async (_where, stores) => {
    await expect((await serverOver(stores)).found()).rejects.toThrow('the power went')
    const broken = await read(await stores.open<AccountsDocument>('accounts'), 'demo', 'demo')
    expect(broken?.ready ?? false).toBe(false)
    const demo = await (await serverOver(stores)).found(broken?.others ? 1 : 2)
    expect(demo).toMatchObject({ db: first, others: [second], founded: 2, ready: true })
    expect(demo.signIns.filter(({ login }) => login.startsWith('busiest'))).toHaveLength(2)
    for (const db of [first, second]) {
      expect((await entriesIn(stores, db)).sort()).toEqual((await entriesIn(whole, db)).sort())
    }
  },
  60_000,
)

test('no demo is founded beside a school', async () => {
  const stores = makeMemoryStores()
  const real = await stores.open<SheetDocument>('journal-real-2026')
  await real.ensure()
  // Broken off in its first moment, it is a school all the same.
  await real.setLocal('founding', { done: false })
  await expect((await serverOver(stores)).found()).rejects.toBeInstanceOf(NotForDemo)
})

test('a journal that was made beforehand and is empty is no school to a demo', async () => {
  const stores = makeMemoryStores()
  await (await stores.open<SheetDocument>('journal-prepared-2026')).ensure()
  expect(await (await serverOver(stores)).found()).toMatchObject({ ready: true })
})
