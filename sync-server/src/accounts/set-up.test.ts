import { must } from 'shared/plain/must'
import { makeMemoryStores } from '../store/memory'
import { NotAllowed } from '../store/store'
import { makeAccounts } from './accounts'
import type { AccountsDocument } from './documents'
import { makeSetUp } from './set-up'

const wish = {
  code: '',
  school: { id: 'school12', name: 'Школа № 12', short: 'Школа 12', zone: 'Europe/Moscow' },
  year: 2026,
  name: { last: 'Шилов', first: 'Пётр', middle: '' },
  login: 'shilov',
  password: 'шишки-на-ёлке-7',
}

async function setUpWith(ensure: (db: string) => Promise<void>) {
  const store = await makeMemoryStores().open<AccountsDocument>('accounts')
  await store.ensure()
  const hasher = { hash: async (text: string) => text, matches: async () => true }
  const accounts = makeAccounts(store, hasher, () => 0)
  const founded: string[] = []
  const setUp = makeSetUp({
    accounts,
    hasSchool: async () => false,
    ensure,
    foundJournal: async (db) => void founded.push(db),
    now: () => 0,
    random: (bytes) => Buffer.alloc(bytes, 1),
  })
  return { setUp, accounts, founded }
}

test('whoever named another school than was prepared is told so, and has the login for the next try', async () => {
  const { setUp, accounts, founded } = await setUpWith(async (db) => {
    if (db !== 'journal-school12-2026') throw new NotAllowed(`run: npm run couch:set-up -- ${db}`)
  })
  const other = { ...wish, school: { ...wish.school, id: 'school13' } }
  await expect(setUp.found(other)).rejects.toMatchObject({
    code: 'forbidden',
    message: 'journal-school13-2026 is not ready: run: npm run couch:set-up -- journal-school13-2026',
  })
  expect(await accounts.find('shilov')).toBeNull()
  expect(await setUp.found(wish)).toBe('journal-school12-2026')
  expect(must(await accounts.find('shilov'), 'the administrator').db).toBe('journal-school12-2026')
  expect(founded).toEqual(['journal-school12-2026'])
})
