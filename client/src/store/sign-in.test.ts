import { mathLesson } from 'shared/testing/small-school'
import { rawContents } from '../testing/raw-scan'
import { testDevice } from '../testing/test-device'
import { pulledSheet } from '../testing/test-journal'
import { tinySchool } from '../testing/tiny-school'
import { countFormer, recoverFormer } from './former-vaults'
import type { OpenAccount } from './open-account'
import { resume, signIn } from './sign-in'

const cell = 'mark:answer:s1'
const orlova = { login: 'orlova', password: 'колокольчик-7' }
const klimova = { login: 'klimova', password: 'звонок-на-урок' }

const open: OpenAccount[] = []
afterEach(async () => {
  for (const account of open.splice(0)) await account.close()
})

function aTablet() {
  const school = tinySchool()
  const accounts = {
    orlova: { person: 't1', password: orlova.password },
    klimova: { person: 't2', password: klimova.password },
  }
  const device = testDevice(school, accounts)
  const enter = async (who: typeof orlova, remember = false, current: OpenAccount | null = null) => {
    const result = await signIn(device, who, remember, current)
    if (!result.ok) throw new Error(result.why)
    open.push(result.account)
    return result.account
  }
  return { school, accounts, device, enter }
}

const mark = (account: OpenAccount, value: string) =>
  account.journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell, value }] })

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 4000
  while (!condition()) {
    if (Date.now() > end) throw new Error('not in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('a teacher signs in, loses the network, fills, closes, opens offline, goes on, and the school gets each once', async () => {
  const { school, device, enter } = aTablet()
  const first = await enter(orlova)
  await until(() => first.journal.status().lastSync !== null)
  school.down = true
  await mark(first, '4')
  await first.close()

  const again = await enter(orlova)
  expect(again.journal.me.name).toBe(first.journal.me.name)
  expect(again.journal.sheet(mathLesson).cells[cell]).toMatchObject({ value: '4', onDevice: true })
  await mark(again, '5')
  school.down = false
  again.contact()
  await until(() => again.journal.status().unsent === 0)
  expect([...school.ledger.values()].map(({ entry }) => entry.n)).toEqual([1, 2])
  expect(new Set([...school.ledger.values()].map(({ entry }) => entry.device)).size).toBe(1)
  expect(await rawContents(device.indexedDB)).not.toContain('orlova')
})

test('offline only the right password opens, and only where one has worked before', async () => {
  const { school, device, enter } = aTablet()
  await (await enter(orlova)).close()
  school.down = true
  expect(await signIn(device, { ...orlova, password: 'колокольчик-8' }, false)).toEqual({
    ok: false,
    why: 'wrong-login',
  })
  expect(await signIn(device, klimova, false)).toEqual({ ok: false, why: 'never-worked-here-offline' })
  expect(
    (await signIn(device, orlova, false).then((result) => (result.ok && open.push(result.account), result)))
      .ok,
  ).toBe(true)
})

test('a refused sign-in leaves nothing on the device', async () => {
  const { device } = aTablet()
  expect(await signIn(device, { login: 'nobody', password: 'guess' }, false)).toEqual({
    ok: false,
    why: 'wrong-login',
  })
  expect(await (await device.keyring()).count()).toBe(0)
})

test('OPP-07 entries of one person never go out under the session of another, and wait for their own', async () => {
  const { school, enter } = aTablet()
  await (await enter(orlova)).close()
  school.down = true
  const offline = await enter(orlova)
  await mark(offline, '5')
  await offline.signOut()
  school.down = false
  const other = await enter(klimova)
  await until(() => other.journal.status().lastSync !== null)
  expect(other.journal.status().unsent).toBe(0)
  expect(other.journal.sheet(mathLesson).cells[cell]).toBeUndefined()
  expect(school.ledger.size).toBe(0)
  await other.close()
  const back = await enter(orlova)
  await until(() => back.journal.status().unsent === 0)
  expect(school.ledger.size).toBe(1)
})

test('opened offline while the cookie is another person’s, the journal signs in with its own before it sends', async () => {
  const { school, enter } = aTablet()
  await (await enter(orlova)).close()
  await (await enter(klimova)).close()
  school.down = true
  const offline = await enter(orlova)
  await mark(offline, '5')
  school.down = false
  offline.contact()
  await until(() => offline.journal.status().unsent === 0)
  expect(school.refusedAuthors).toEqual([])
})

test('remembered, a journal opens without a password until its person signs out', async () => {
  const { school, device, enter } = aTablet()
  await (await enter(orlova, true)).close()
  school.down = true
  const resumed = await resume(device)
  if (!resumed) throw new Error('not remembered')
  open.push(resumed)
  await mark(resumed, '5')
  await resumed.signOut()
  expect(await resume(device)).toBeNull()
  const again = await enter(orlova)
  expect(again.journal.status().unsent).toBe(1)
})

test('an own new password opens what is here, the old one no longer', async () => {
  const { school, device, enter } = aTablet()
  const account = await enter(orlova)
  await mark(account, '5')
  expect((await account.changePassword(orlova.password, 'новый-пароль-1')).ok).toBe(true)
  await account.close()
  school.down = true
  expect(await signIn(device, orlova, false)).toEqual({ ok: false, why: 'wrong-login' })
  const again = await enter({ ...orlova, password: 'новый-пароль-1' })
  expect(again.journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
})

test('a password changed elsewhere while the journal is open keeps what is here', async () => {
  const { school, accounts, enter } = aTablet()
  const account = await enter(orlova)
  school.down = true
  await mark(account, '5')
  school.down = false
  accounts.orlova.password = 'новый-пароль-1'
  const again = await enter({ ...orlova, password: 'новый-пароль-1' }, false, account)
  expect(again.vault.id).toBe(account.vault.id)
  await until(() => school.ledger.size === 1)
})

test('ACC-21 a session that was ended at the school is not opened again by the page, only by its person', async () => {
  const { school, device, enter } = aTablet()
  const account = await enter(orlova)
  await until(() => account.journal.status().lastSync !== null)
  await device.api.signOut()
  await mark(account, '5')
  await until(() => account.journal.status().state === 'signed-out')
  account.contact()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await device.api.session()).ok).toBe(false)
  expect(school.ledger.size).toBe(0)
  const again = await enter(orlova, false, account)
  await until(() => again.journal.status().unsent === 0)
  expect(school.ledger.size).toBe(1)
})

test('OPP-07 a cookie that goes over to another person while a run waits is no ended session', async () => {
  const { school, device, enter } = aTablet()
  const { lock } = device
  let moves: 'not yet' | 'now' | 'moved' = 'not yet'
  device.lock = (name, mode, run) => {
    if (mode === 'shared' && moves === 'now') {
      moves = 'moved'
      device.cookie.set('another vault')
    }
    return lock(name, mode, run)
  }
  const account = await enter(orlova)
  await until(() => account.journal.status().lastSync !== null)
  moves = 'now'
  await mark(account, '5')
  await until(() => account.journal.status().unsent === 0)
  expect([moves, school.ledger.size]).toEqual(['moved', 1])
})

test('a password changed elsewhere keeps what is here also after the page was told so', async () => {
  const { school, accounts, device, enter } = aTablet()
  const account = await enter(orlova)
  await until(() => account.journal.status().lastSync !== null)
  accounts.orlova.password = 'новый-пароль-1'
  await device.api.signOut()
  await mark(account, '5')
  await until(() => account.journal.status().state === 'signed-out')
  const again = await enter({ ...orlova, password: 'новый-пароль-1' }, false, account)
  expect(again.vault.id).toBe(account.vault.id)
  await until(() => school.ledger.size === 1)
})

test('P-1 nothing is pulled before all that is held has been read, even where somebody writes at once', async () => {
  const { school, enter } = aTablet()
  const ids = Array.from({ length: 120 }, (_, i) => `lesson:m${i}:2026-10-01:1`)
  school.sheets = ids.map((id) => pulledSheet(id, { taken: true }))
  const first = await enter(orlova)
  await until(() => first.journal.status().lastSync !== null)
  await first.close()
  const { pull } = school.api
  const heldAtPull: number[] = []
  let account: OpenAccount | null = null
  school.api.pull = (envelope) => {
    heldAtPull.push(ids.filter((id) => account?.journal.sheet(id).cells['taken']).length)
    return pull(envelope)
  }
  account = await enter(orlova)
  await mark(account, '5')
  await until(() => heldAtPull.length > 0)
  expect(heldAtPull[0]).toBe(120)
})

test('OFF-13 what lies here under a former password is taken over when that password is told', async () => {
  const { school, accounts, device, enter } = aTablet()
  const account = await enter(orlova)
  await until(() => account.journal.status().lastSync !== null)
  school.down = true
  await mark(account, '5')
  await account.close()
  school.down = false
  accounts.orlova.password = 'новый-пароль-1'
  const again = await enter({ ...orlova, password: 'новый-пароль-1' })
  expect(again.journal.status().unsent).toBe(0)
  expect(await countFormer(device, again)).toBe(1)
  expect(await recoverFormer(device, again, 'не тот')).toBe(false)
  expect(await recoverFormer(device, again, orlova.password)).toBe(true)
  await until(() => school.ledger.size === 1)
  expect(await countFormer(device, again)).toBe(0)
})

test('OFF-13 a browser that dropped the entries is found out, and one that kept them is not accused', async () => {
  const { device, enter } = aTablet()
  const first = await enter(orlova)
  expect(first.hasLost).toBe(false)
  await mark(first, '5')
  await first.close()
  const second = await enter(orlova)
  expect(second.hasLost).toBe(false)
  await second.close()
  await new Promise((resolve, reject) => {
    const request = device.indexedDB.deleteDatabase(`rxdb-dexie-zvonok-${second.vault.id}--0--entries`)
    request.addEventListener('success', resolve)
    request.addEventListener('error', reject)
  })
  expect((await enter(orlova)).hasLost).toBe(true)
})

test('ACC-06 an issued password syncs nothing until it is changed', async () => {
  const { school, accounts, enter } = aTablet()
  Object.assign(accounts.orlova, { mustChangePassword: true })
  const account = await enter(orlova)
  expect(account.mustChangePassword()).toBe(true)
  expect(school.pulls).toBe(0)
  await account.changePassword(orlova.password, 'новый-пароль-1')
  expect(account.mustChangePassword()).toBe(false)
  await until(() => school.pulls > 0)
})
