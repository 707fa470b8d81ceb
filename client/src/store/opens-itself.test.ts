import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openKeyring, type Keyring } from './keyring'
import { noting, opensItself } from './opens-itself'

const open: Keyring[] = []
beforeEach(() => localStorage.clear())
afterEach(() => {
  jest.restoreAllMocks()
  for (const keyring of open.splice(0)) keyring.close()
})

async function aTablet() {
  const keyring = noting(
    await openKeyring({ dexie: { indexedDB: new IDBFactory(), IDBKeyRange }, rounds: 1000 }),
  )
  open.push(keyring)
  return { keyring, ...(await keyring.create('orlova', 'колокольчик-7')) }
}

test('who works here without being remembered finds the door in the first frame', async () => {
  expect(opensItself()).toBeNull()
  await aTablet()
  expect(opensItself()).toBe(false)
})

test('who asked to be remembered is told of until they sign out, and nothing tells who it is', async () => {
  const { keyring, vault, master } = await aTablet()
  await keyring.remember(vault, master)
  expect(opensItself()).toBe(true)
  expect(Object.entries(localStorage)).toEqual([['zvonok-opens-itself', 'yes']])
  // Somebody else comes to the same tablet meanwhile.
  await keyring.create('petrov', 'другой пароль')
  expect(opensItself()).toBe(true)
  await keyring.forget()
  expect(opensItself()).toBe(false)
})

test('a note that is lost or wrong is right again after the keyring was looked at', async () => {
  const { keyring, vault, master } = await aTablet()
  await keyring.remember(vault, master)
  localStorage.clear()
  await keyring.remembered()
  expect(opensItself()).toBe(true)
  await keyring.forget()
  localStorage.setItem('zvonok-opens-itself', 'yes')
  await keyring.remembered()
  expect(opensItself()).toBe(false)
})

test('a device that stops while somebody is being remembered does not show them the door', async () => {
  const { vault, master } = await aTablet()
  const dies = async () => Promise.reject(new Error('no power'))
  const { keyring } = await aTablet()
  await expect(noting({ ...keyring, remember: dies }).remember(vault, master)).rejects.toThrow('no power')
  expect(opensItself()).toBe(true)
})

test('OFF-13 a device with no room for the note remembers all the same, and lets in whom it remembers', async () => {
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const { keyring, vault, master } = await aTablet()
  await keyring.remember(vault, master)
  expect((await keyring.remembered())?.vault.id).toBe(vault.id)
  await keyring.forget()
  expect(await keyring.remembered()).toBeNull()
  expect(opensItself()).toBeNull()
})
