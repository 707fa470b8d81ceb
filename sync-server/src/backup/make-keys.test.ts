import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityToRecipient } from 'age-encryption'
import { must } from 'shared/plain/must'
import { identitiesOf, recipientsOf } from './keys'
import { makeKeys } from './make-keys'

let folder = ''
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'zvonok-keys-'))))
afterEach(() => rm(folder, { recursive: true }))

const parts = () => ({ to: join(folder, 'private.key'), dataDir: join(folder, 'data') })

test('a pair of keys: what the public one seals the private one opens', async () => {
  const { to, dataDir } = parts()
  const { recipient, publicKey } = await makeKeys({ to, dataDir })
  expect(publicKey).toBe(join(dataDir, 'keys/backup.pub'))
  expect(await recipientsOf(publicKey)).toEqual([recipient])
  expect(await identityToRecipient(must((await identitiesOf(to))[0], 'a key'))).toBe(recipient)
})

test('where backups are sealed to a key already no private key is written', async () => {
  const { to, dataDir } = parts()
  await makeKeys({ to: join(folder, 'first.key'), dataDir })
  const before = await readFile(join(dataDir, 'keys/backup.pub'), 'utf8')
  await expect(makeKeys({ to, dataDir })).rejects.toThrow(
    /backup\.pub is there already: .* no key was made\./,
  )
  expect((await readdir(folder)).sort()).toEqual(['data', 'first.key'])
  expect(await readFile(join(dataDir, 'keys/backup.pub'), 'utf8')).toBe(before)
})

test('a private key that is there stays, and no public one is written beside it', async () => {
  const { to, dataDir } = parts()
  await writeFile(to, 'mine')
  await expect(makeKeys({ to, dataDir })).rejects.toThrow('private.key was not written')
  expect(await readFile(to, 'utf8')).toBe('mine')
  expect(await readdir(folder)).toEqual(['private.key'])
})

test('where the public key cannot be written there is no private one either', async () => {
  const { to, dataDir } = parts()
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'keys'), 'a file in the place of the folder')
  await expect(makeKeys({ to, dataDir })).rejects.toThrow('keys')
  expect(await readdir(folder)).toEqual(['data'])
})
