import 'fake-indexeddb/auto'
import { browserDevice } from './device'

// jsdom has no network at all; neither has this device.
beforeAll(() => Object.assign(globalThis, { fetch: () => Promise.reject(new TypeError('no network')) }))

test('an empty device knows that nobody has worked here, without opening a database', async () => {
  const device = browserDevice()
  expect(await device.mayBeKnown()).toBe(false)
  expect(await indexedDB.databases()).toEqual([])
})

test('a device where somebody has worked may know them', async () => {
  const keyring = await browserDevice().keyring()
  expect(await browserDevice().mayBeKnown()).toBe(true)
  keyring.close()
})
