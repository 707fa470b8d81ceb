import { IDBDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { ProjectedSheet } from 'shared/journal/project'
import { must } from 'shared/plain/must'
import { mathLesson } from 'shared/testing/small-school'
import { duringMathLesson, meOf, pulledSheet, standingClock } from '../testing/test-journal'
import { rawContents } from '../testing/raw-scan'
import { openDatabase } from './database'
import { makeJournal } from './journal'
import { openKeyring } from './keyring'
import { makeSealer } from './sealer'
import { sealedStorage } from './sealed-storage'
import { placeOf } from './sheet-rows'
import { emptyMeta, type JournalStorage, type Page } from './storage'
import { storageTrouble } from './storage-trouble'

const cell = 'mark:answer:s1'
/** Of the same section and ten days: it lies in one row with `mathLesson`. */
const nextLesson = mathLesson.replace(/2026-09-\d\d/, '2026-09-18')
const remark = { text: 'Забыл тетрадь', to: 'family', salt: 'AAAAAAAAAAAAAAAAAAAAAA' }

const thisTab = { openDatabase, sealedStorage }

function browser() {
  const indexedDB = new IDBFactory()
  const dexie = { indexedDB, IDBKeyRange }
  const opened: JournalStorage[] = []
  async function open(vault: string, master: CryptoKey, tab = thisTab, seal = makeSealer) {
    const storage = tab.sealedStorage(await tab.openDatabase(vault, dexie), await seal(master))
    opened.push(storage)
    const [loaded, meta] = await Promise.all([storage.loadRows(), storage.loadMeta()])
    const parts = { me: meOf('t1'), device: 'tablet1', clock: standingClock(duringMathLesson) }
    const journal = makeJournal({ ...parts, storage, loaded: { ...loaded, meta } })
    for await (const sheets of storage.loadSheets('2026-09-16')) journal.takeIn(sheets)
    return { journal, storage }
  }
  const closeAll = () => Promise.all(opened.map((storage) => storage.close()))
  return { indexedDB, keyring: () => openKeyring({ dexie, rounds: 1000 }), open, closeAll }
}

function page(taken: ProjectedSheet[], gone: string[] = []): Page {
  return { taken, gone, checkpoint: 'c' }
}

async function heldBy(storage: JournalStorage): Promise<ProjectedSheet[]> {
  const held: ProjectedSheet[] = []
  for await (const sheets of storage.loadSheets('2026-09-16')) held.push(...sheets)
  return held
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function aTablet() {
  const tablet = browser()
  closing.push(tablet.closeAll)
  const keyring = await tablet.keyring()
  const { vault, master } = await keyring.create('orlova', 'колокольчик-7')
  return { ...tablet, keyring, vault, master }
}

test('P-2 a page that brings a sheet twice is taken, the newer state of it', async () => {
  const { open, vault, master, closeAll } = await aTablet()
  const { journal } = await open(vault.id, master)
  const state = (text: string, version: number) => ({
    ...pulledSheet(mathLesson, { topic: { text, salt: remark.salt } }),
    version,
  })
  const sheets = [state('Дроби', 8), state('Черновик', 7)]
  await journal.device.applyPull({ sheets, gone: [], checkpoint: 'c1', more: false }, 'epoch1')
  expect(journal.status().storage).toBe('ok')
  await closeAll()
  const { journal: again } = await open(vault.id, master)
  expect(again.sheet(mathLesson).cells['topic']?.value).toEqual({ text: 'Дроби', salt: remark.salt })
})

test('what was written and pulled is there after the browser starts again', async () => {
  const { open, vault, master, closeAll } = await aTablet()
  const { journal } = await open(vault.id, master)
  await journal.device.applyPull(
    {
      sheets: [pulledSheet(mathLesson, { topic: { text: 'Дроби', salt: remark.salt } })],
      gone: [],
      checkpoint: 'c1',
      more: false,
    },
    'epoch1',
  )
  await journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell, value: '5' }] })
  await closeAll()
  const again = await open(vault.id, master)
  expect(again.journal.sheet(mathLesson).cells[cell]).toMatchObject({ value: '5', onDevice: true })
  expect(again.journal.sheet(mathLesson).cells.topic?.value).toMatchObject({ text: 'Дроби' })
  expect(again.journal.meta().checkpoint).toBe('c1')
  expect(again.journal.status().unsent).toBe(1)
})

test('PDP-08 nothing that lies on the device can be read: no name, text, mark, lesson, login or key', async () => {
  const { open, vault, master, indexedDB, keyring } = await aTablet()
  const { journal } = await open(vault.id, master)
  const roster = pulledSheet('roster:c5a', {
    'student:s1': { name: { last: 'Абрамов', first: 'Кирилл', middle: '' } },
  })
  await journal.device.applyPull({ sheets: [roster], gone: [], checkpoint: 'c1', more: false }, 'epoch1')
  await journal.write({ sheet: mathLesson, kind: 'set-remark', set: [{ cell: 'remark:s1', value: remark }] })
  await journal.setMeta({ me: meOf('t1') })
  await keyring.remember(vault, master)
  const raw = await rawContents(indexedDB)
  expect(raw.length).toBeGreaterThan(1000)
  for (const secret of [
    'Абрамов',
    'Кирилл',
    'тетрадь',
    'Орлова',
    'orlova',
    'roster',
    'lesson:',
    '2026-09-16',
    'remark',
    'epoch1',
    'Школа',
    'колокольчик',
  ]) {
    expect(raw).not.toContain(secret)
  }
})

test('the device opens with the right password only, and with the new one after it was changed', async () => {
  const { keyring, vault } = await aTablet()
  expect(await keyring.unlock(vault, 'другой пароль')).toBeNull()
  expect(await keyring.unlock(vault, 'колокольчик-7')).not.toBeNull()
  expect(await keyring.prepare(vault, 'не тот', 'новый-пароль')).toBe(false)
  expect(await keyring.prepare(vault, 'колокольчик-7', 'новый-пароль')).toBe(true)
  // Should the device stop here, whichever password the school has opens it.
  expect(await keyring.unlock(vault, 'колокольчик-7')).not.toBeNull()
  expect(await keyring.unlock(vault, 'новый-пароль')).not.toBeNull()
  await keyring.settle(vault, 'new')
  const [changed] = await keyring.find(' Orlova ')
  if (!changed) throw new Error('no vault')
  expect(await keyring.unlock(changed, 'колокольчик-7')).toBeNull()
  expect(await keyring.unlock(changed, 'новый-пароль')).not.toBeNull()
})

test('a journal that another key sealed does not open', async () => {
  const { open, vault, master, keyring } = await aTablet()
  const { journal } = await open(vault.id, master)
  await journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell, value: '5' }] })
  const other = await keyring.create('petrov', 'другой пароль')
  const sealed = await makeSealer(master)
  const key = await sealed.keyOf('row')
  const body = await sealed.seal(key, 'a mark')
  const stranger = await makeSealer(other.master)
  await expect(stranger.open(key, body)).rejects.toThrow('operation')
  expect(await stranger.keyOf('row')).not.toBe(key)
})

test('a body moved to another row does not open', async () => {
  const { master } = await aTablet()
  const sealer = await makeSealer(master)
  const body = await sealer.seal('one', { value: '5' })
  expect(await sealer.open('one', body)).toEqual({ value: '5' })
  await expect(sealer.open('two', body)).rejects.toThrow('operation')
})

test('remembered on this device, it opens without the password until it is forgotten', async () => {
  const { open, vault, master, keyring } = await aTablet()
  await keyring.remember(vault, master)
  const kept = await keyring.remembered()
  if (!kept) throw new Error('not remembered')
  await expect(crypto.subtle.exportKey('raw', kept.master)).rejects.toThrow('not extractable')
  const { journal } = await open(kept.vault.id, kept.master)
  expect(journal.status().unsent).toBe(0)
  await keyring.forget()
  expect(await keyring.remembered()).toBeNull()
})

test('OFF-11 what left the scope has left the disk, not only the screen', async () => {
  const { open, vault, master, indexedDB } = await aTablet()
  const { journal } = await open(vault.id, master)
  const sheet = pulledSheet(mathLesson, { [cell]: '5' })
  await journal.device.applyPull({ sheets: [sheet], gone: [], checkpoint: 'c1', more: false }, 'epoch1')
  const key = await (await makeSealer(master)).keyOf(placeOf(mathLesson).row)
  expect(await rawContents(indexedDB)).toContain(key)
  const gone: [string, string][] = [['lesson:m5:', 'lesson:m5:~']]
  await journal.device.applyPull({ sheets: [], gone, checkpoint: 'c2', more: false }, 'epoch1')
  expect(await rawContents(indexedDB)).not.toContain(key)
})

test('OFF-11 a lesson that left the scope leaves the row that it shared, and the others of it stay', async () => {
  const { open, vault, master } = await aTablet()
  const { storage } = await open(vault.id, master)
  await storage.keepPage(page([pulledSheet(mathLesson, { [cell]: '5' }), pulledSheet(nextLesson, {})]))
  await storage.keepPage(page([], [mathLesson]))
  expect((await heldBy(storage)).map(({ id }) => id)).toEqual([nextLesson])
  await storage.keepPage(page([pulledSheet(mathLesson, { [cell]: '4' })]))
  const again = await open(vault.id, master, await anotherTab())
  expect(again.journal.sheet(mathLesson).cells[cell]?.value).toBe('4')
  expect(again.journal.sheet(nextLesson).id).toBe(nextLesson)
})

test('P-1 a page, what is gone with it and its checkpoint go to the disk in one transaction', async () => {
  const { open, vault, master } = await aTablet()
  const { storage } = await open(vault.id, master)
  await storage.keepPage(page([pulledSheet('staff', {}), pulledSheet(mathLesson, {})]))
  const transaction = jest.spyOn(IDBDatabase.prototype, 'transaction')
  await storage.keepPage({ taken: [pulledSheet(nextLesson, {})], gone: ['staff'], checkpoint: 'c2' })
  const writing = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
  transaction.mockRestore()
  // Not waiting for the disk: what is lost with the power is lost with its checkpoint, and comes again.
  expect(writing).toEqual([['docs', 'readwrite', { durability: 'relaxed' }]])
  expect((await heldBy(storage)).map(({ id }) => id).sort()).toEqual([nextLesson, mathLesson].sort())
  expect((await storage.loadMeta()).checkpoint).toBe('c2')
})

test('P-1 two tabs that keep a page at once lose neither: a lesson of one row each', async () => {
  const { open, vault, master } = await aTablet()
  const [one, two] = [await open(vault.id, master), await open(vault.id, master, await anotherTab())]
  await one.storage.keepPage(page([pulledSheet('staff', {})]))
  await Promise.all([
    one.storage.keepPage(page([pulledSheet(mathLesson, {})], ['staff'])),
    two.storage.keepPage(page([pulledSheet(nextLesson, {})])),
    two.storage.changeMeta({ offering: 7 }),
  ])
  expect((await heldBy(two.storage)).map(({ id }) => id).sort()).toEqual([nextLesson, mathLesson].sort())
  expect(await one.storage.loadMeta()).toMatchObject({ offering: 7, checkpoint: 'c' })
})

test('P-1 what a tab kept that died before it told is read from the disk at the next contact', async () => {
  const { open, vault, master } = await aTablet()
  const one = await open(vault.id, master)
  const two = await open(vault.id, master, await anotherTab())
  await one.journal.refresh()
  const post = jest.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation(() => {})
  await two.storage.keepPage(page([pulledSheet(mathLesson, { [cell]: '5' })]))
  expect(post).toHaveBeenCalled()
  post.mockRestore()
  expect(one.journal.sheet(mathLesson).cells[cell]).toBeUndefined()
  await one.journal.refresh()
  expect(one.journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
  expect(await one.journal.device.checkpoint()).toBe('c')
})

test('another tab hears which lesson of a row has come, and which is gone', async () => {
  const { open, vault, master } = await aTablet()
  const one = await open(vault.id, master)
  const two = await open(vault.id, master, await anotherTab())
  const sheets = [pulledSheet(mathLesson, { [cell]: '5' }), pulledSheet(nextLesson, { [cell]: '3' })]
  const value = (id: string) => two.journal.sheet(id).cells[cell]?.value
  await one.storage.keepPage(page(sheets))
  await seen(() => value(mathLesson) === '5' && value(nextLesson) === '3')
  await one.storage.keepPage(page([], [mathLesson]))
  await seen(() => value(mathLesson) === undefined)
  expect(value(nextLesson)).toBe('3')
})

test('a lesson that version 0.1.0 kept in a row of its own is read, and moves when it next comes', async () => {
  const { open, vault, master, indexedDB } = await aTablet()
  const database = await openDatabase(vault.id, { indexedDB, IDBKeyRange })
  const sealer = await makeSealer(master)
  const [key, shelf] = [await sealer.keyOf(`sheet ${mathLesson}`), await sealer.keyOf('day 2026-09-16')]
  const body = await sealer.seal(key, { is: 'sheet', sheet: pulledSheet(mathLesson, { [cell]: '5' }) })
  await database.collections.sheets.insert({ key, shelf, body, tab: 'former' })
  await database.close()
  const { journal, storage } = await open(vault.id, master)
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
  await storage.keepPage(page([pulledSheet(mathLesson, { [cell]: '4' })]))
  expect(await rawContents(indexedDB)).not.toContain(key)
  expect((await heldBy(storage)).map(({ cells }) => cells[cell]?.value)).toEqual(['4'])
})

test('P-1 what was dropped and comes back at once stays, on a slow device too', async () => {
  const { open, vault, master } = await aTablet()
  const slow = async (key: CryptoKey) => {
    const sealer = await makeSealer(key)
    const reopen: typeof sealer.open = async (...row) => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      return sealer.open(...row)
    }
    return { ...sealer, open: reopen }
  }
  const { journal } = await open(vault.id, master, thisTab, slow)
  const pull = (value: string | null, gone: [string, string][]) => {
    const sheets = value ? [pulledSheet(mathLesson, { [cell]: value })] : []
    return journal.device.applyPull({ sheets, gone, checkpoint: 'c', more: false }, 'epoch1')
  }
  await pull('5', [])
  await pull(null, [['a', 'z~']])
  await pull('4', [])
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('4')
})

test('two tabs of one person see each other write, and no receipt is lost between them', async () => {
  const { open, vault, master } = await aTablet()
  const one = await open(vault.id, master)
  const two = await open(vault.id, master, await anotherTab())
  const entry = await one.journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell, value: '5' }] })
  await seen(() => two.journal.sheet(mathLesson).cells[cell]?.value === '5')
  await Promise.all([
    one.journal.device.keepReceipts([
      {
        entry: entry.id,
        db: entry.db,
        sheet: mathLesson,
        epoch: 'epoch1',
        received: 1,
        judged: 1,
        made: { from: 1, to: 1 },
        capacity: 'assignee',
        by: { rules: 1, directory: {} },
        admission: { is: 'in' },
        signature: 'signed',
      },
    ]),
    two.storage.addRow({ entry, receipt: null, capacity: 'assignee', former: {}, undoes: null }),
    one.journal.setMeta({ checkpoint: 'c1' }),
    two.journal.setMeta({ offering: 7 }),
  ])
  await seen(() => two.journal.status().unsent === 0)
  expect((await two.storage.loadRows()).rows[0]?.receipt?.signature).toBe('signed')
  expect(await one.storage.loadMeta()).toEqual({ ...emptyMeta, checkpoint: 'c1', offering: 7 })
})

test('a change of another tab that does not open does not silence those after it', async () => {
  const { open, vault, master } = await aTablet()
  let opens = true
  const fragile = async (key: CryptoKey) => {
    const sealer = await makeSealer(key)
    const reopen: typeof sealer.open = (...row) => (opens ? sealer.open(...row) : Promise.reject(new Error()))
    return { ...sealer, open: reopen }
  }
  const one = await open(vault.id, master, thisTab, fragile)
  const two = await open(vault.id, master, await anotherTab())
  const write = (value: string) =>
    two.journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell, value }] })
  opens = false
  await write('2')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(one.journal.sheet(mathLesson).cells[cell]).toBeUndefined()
  opens = true
  await write('5')
  await seen(() => one.journal.sheet(mathLesson).cells[cell]?.value === '5')
})

test('OFF-13 a full disk is told from a broken one', () => {
  const quota = new DOMException('The quota has been exceeded.', 'QuotaExceededError')
  const wrapped = Object.assign(new Error('aborted'), { name: 'AbortError', inner: quota })
  expect(storageTrouble(Object.assign(new Error('bulk'), { failures: [wrapped] })).is).toBe('full')
  expect(storageTrouble(new Error('DatabaseClosedError')).is).toBe('failed')
})

test('OFF-13 a database that was closed under the page fails aloud, and the value stays on the screen', async () => {
  const { open, vault, master } = await aTablet()
  const { journal, storage } = await open(vault.id, master)
  await storage.close()
  await expect(
    journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell, value: '5' }] }),
  ).rejects.toThrow('storage of this device')
  expect(journal.status().storage).toBe('failed')
  expect(journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
})

// Code that was loaded a second time shares nothing with the first but the disk and the messages between tabs.
async function anotherTab(): Promise<typeof thisTab> {
  const loaded: Partial<typeof thisTab> = {}
  await jest.isolateModulesAsync(async () => {
    loaded.openDatabase = (await import('./database')).openDatabase
    loaded.sealedStorage = (await import('./sealed-storage')).sealedStorage
  })
  const { openDatabase: opening, sealedStorage: sealing } = loaded
  return { openDatabase: must(opening, 'a second copy'), sealedStorage: must(sealing, 'a second copy') }
}

async function seen(condition: () => boolean): Promise<void> {
  const until = Date.now() + 4000
  while (!condition()) {
    if (Date.now() > until) throw new Error('not seen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
