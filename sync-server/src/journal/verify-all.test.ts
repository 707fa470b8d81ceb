import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { db } from 'shared/testing/small-school'
import type { AccountsDocument } from '../accounts/documents'
import { openSchool } from '../backup/small-backup'
import { keptKeyOfAccounts, MissingKey } from '../start/signing-key'
import { makeEmbeddedStores } from '../store/embedded'
import { makeMemoryStores } from '../store/memory'
import { foundingEntries } from './small-journal'
import { NothingToVerify, verifyAll } from './verify-all'

let folder = ''
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'zvonok-verify-'))))
afterEach(() => rm(folder, { recursive: true }))

async function said(...wanted: string[]) {
  const lines: string[] = []
  const sound = await verifyAll({ couchdb: null, dataDir: folder }, wanted, (line) => lines.push(line))
  return { sound, lines }
}

async function foundSchool(): Promise<void> {
  const stores = await makeEmbeddedStores(folder)
  const journal = await openSchool(folder, stores)
  await journal.found(foundingEntries())
  await journal.close()
  await stores.close()
}

const names = async () => (await readdir(folder, { recursive: true })).sort()

test('a journal is verified, and one that is not there is named', async () => {
  await foundSchool()
  const line = expect.stringMatching(new RegExp(`^${db}: \\d+ sheets, \\d+ entries, 0 anchors, 0 faults$`))
  expect(await said()).toEqual({ sound: true, lines: [line] })
  expect(await said(db, 'journal-other-2026')).toEqual({
    sound: false,
    lines: ['There is no journal journal-other-2026.', line],
  })
}, 30_000)

test('over a folder without a store the command says so, makes nothing and does not end with 0', async () => {
  const main = join(__dirname, 'verify-main.ts')
  const { INIT_CWD: _, COUCHDB_URL: __, ...inherited } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main], {
    env: { ...inherited, DATA_DIR: folder },
    encoding: 'utf8',
  })
  expect({ status, stdout, stderr: stderr.trim() }).toEqual({
    status: 2,
    stdout: '',
    stderr: `No store can be read in ${folder}, so nothing was verified: is DATA_DIR right?`,
  })
  expect(await names()).toEqual([])
}, 30_000)

test('a store without a journal is nothing to verify, and is left as it is', async () => {
  await mkdir(join(folder, 'store', 'accounts'), { recursive: true })
  await expect(said()).rejects.toThrow(NothingToVerify)
  expect(await names()).toEqual(['store', 'store/accounts'])
})

test('a journal whose key is gone is not verified with a new one', async () => {
  await foundSchool()
  await rm(join(folder, 'keys'), { recursive: true })
  await expect(said()).rejects.toThrow(MissingKey)
  expect(await readdir(folder)).toEqual(['store'])

  const accounts = await makeMemoryStores().open<AccountsDocument>('accounts')
  await accounts.ensure()
  await expect(keptKeyOfAccounts(accounts)).rejects.toThrow(MissingKey)
  expect(await accounts.range('a', 'z~', 1)).toEqual([])
}, 30_000)
