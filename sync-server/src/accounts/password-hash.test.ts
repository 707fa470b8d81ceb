import { HashThread } from './hash-thread'
import { makeHasher } from './password-hash'

afterEach(() => jest.restoreAllMocks())

test('a first sign-in that fails for want of a thread does not shut the door on those after it', async () => {
  const hasher = makeHasher()
  const failing = jest.spyOn(HashThread.prototype, 'ask').mockRejectedValueOnce(new Error('no thread'))
  await expect(hasher.matches(null, 'Ёлка-и-шишки-7')).rejects.toThrow('no thread')
  failing.mockRestore()
  const hash = await hasher.hash('Ёлка-и-шишки-7')
  expect(await hasher.matches(hash, 'Ёлка-и-шишки-7')).toBe(true)
  expect(await hasher.matches(null, 'Ёлка-и-шишки-7')).toBe(false)
})
