import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter } from 'age-encryption'
import { BackupFault, reasonOf } from './backup-fault'
import { closed, packed, unpacked, whole, type Member } from './members'

export interface Sealed {
  file: string
  bytes: number
  sha256: string
}

/**
 * Writes members into a file that only the holder of a private key can read: tar, gzip, age. Under its name it is whole
 * and on disk, or not there at all. Its hash lies beside it, for copies to be checked without the key.
 */
export async function seal(
  members: AsyncIterable<Member>,
  { file, recipients }: { file: string; recipients: readonly string[] },
): Promise<Sealed> {
  if (await exists(file)) throw new BackupFault(`${file} is there already: a backup never replaces another.`)
  const beside = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}.part`)
  try {
    const { bytes, sha256 } = await writeSealed(members, beside, recipients)
    await sync(beside)
    await rename(beside, file)
    await writeFile(`${file}.sha256`, `${sha256}  ${basename(file)}\n`, { mode: 0o600 })
    await sync(dirname(file))
    return { file, bytes, sha256 }
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

async function writeSealed(members: AsyncIterable<Member>, file: string, recipients: readonly string[]) {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const gzip = createGzip()
  const packing = pipeline(packed(closed(members)), gzip)
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const sealed = await encrypter.encrypt(Readable.toWeb(gzip))
  const writing = pipeline(
    Readable.fromWeb(sealed as ReadableStream<Uint8Array>),
    count,
    createWriteStream(file, { flags: 'wx', mode: 0o600 }),
  )
  // The first to fail is the reason; the others only break off with it.
  const [packedIs, writtenIs] = await Promise.allSettled([packing, writing])
  if (packedIs.status === 'rejected') throw packedIs.reason
  if (writtenIs.status === 'rejected') throw writtenIs.reason
  return { bytes, sha256: hash.digest('hex') }
}

/** The members of a sealed file. Throws `BackupFault` where the key is another's, or the file was cut or altered. */
export async function* opened(file: string, identities: readonly string[]): AsyncGenerator<Member> {
  if (!(await exists(file))) throw new BackupFault(`There is no backup ${file}.`)
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  const input = createReadStream(file)
  try {
    const tar = await decrypted(decrypter, input, file)
    yield* whole(unpacked(tar))
  } catch (error) {
    if (error instanceof BackupFault) throw error
    throw new BackupFault(
      `${file} is damaged, cut short or altered (${reasonOf(error)}). Use another copy.`,
      {
        cause: error,
      },
    )
  } finally {
    input.destroy()
  }
}

async function decrypted(decrypter: Decrypter, input: Readable, file: string): Promise<Readable> {
  try {
    const clear = await decrypter.decrypt(Readable.toWeb(input))
    const gunzip = createGunzip()
    // A fault of any of them comes out where the last is read.
    pipeline(Readable.fromWeb(clear as ReadableStream<Uint8Array>), gunzip).catch(() => {})
    return gunzip
  } catch (error) {
    if (reasonOf(error).startsWith('no identity matched'))
      throw new BackupFault(`This key does not open ${file}: it was sealed for another one.`, {
        cause: error,
      })
    if (reasonOf(error).startsWith('invalid version'))
      throw new BackupFault(`${file} is no backup of Zvonok.`, { cause: error })
    throw error
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
