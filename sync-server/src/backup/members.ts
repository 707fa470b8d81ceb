import { createHash, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, pack, type Pack } from 'tar-stream'
import { BackupFault } from './backup-fault'

/**
 * A piece of a backup, by its place in it: `manifest.json` first, then `keys/`, `anchors/`, `store/` or `couchdb/`, and
 * `end.json` last. Packed as tar, so that a backup can be read where there is no Zvonok any more.
 */
export interface Member {
  name: string
  content: Buffer
}

/** Members that break off, or are not what was packed. */
export class NotWhole extends Error {
  override name = 'NotWhole'
}

/** What a backup says of itself before anything else. */
export interface Manifest {
  format: 'zvonok-backup'
  version: 1
  store: 'embedded' | 'couchdb'
  /** ISO instant, by the clock of the machine: nothing that was acknowledged before it is missing. */
  made: string
  databases: string[]
}

const endName = 'end.json'
/** All that a backup of a CouchDB has of keys: the others are in `accounts`. */
export const publicKeyName = 'keys/backup.pub'

interface End {
  members: number
  sha256: string
}

/** The members, and after them how many there were and the hash over all: without these a backup is not whole. */
export async function* closed(members: AsyncIterable<Member>): AsyncGenerator<Member> {
  const count = counter()
  for await (const member of members) {
    count.add(member)
    yield member
  }
  yield jsonMember(endName, count.end())
}

/** The members up to the end, which must be there and be true. Throws `NotWhole` where they do not fit. */
export async function* whole(members: AsyncIterable<Member>): AsyncGenerator<Member> {
  const count = counter()
  let end: End | null = null
  for await (const member of members) {
    if (end) throw new NotWhole('something follows its end')
    if (member.name === endName) end = JSON.parse(member.content.toString()) as End
    else {
      count.add(member)
      yield member
    }
  }
  const counted = count.end()
  if (!end) throw new NotWhole('its end is missing')
  if (end.members !== counted.members || end.sha256 !== counted.sha256)
    throw new NotWhole('its hash is another')
}

function counter(): { add(member: Member): void; end(): End } {
  let members = 0
  const hash: Hash = createHash('sha256')
  return {
    add({ name, content }) {
      members += 1
      hash.update(`${name}\0${content.length}\0`).update(content)
    },
    end: () => ({ members, sha256: hash.digest('hex') }),
  }
}

/** Whether a file beside keys or anchors has a name as ours have: others were put there by hand, and are no part of a backup. */
export function isOwnName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]*$/.test(name)
}

export function jsonMember(name: string, value: object): Member {
  return { name, content: Buffer.from(`${JSON.stringify(value)}\n`) }
}

/** Reads the first member, which says what follows, and leaves the rest to be read on. */
export async function manifestOf(members: AsyncIterator<Member>): Promise<Manifest> {
  const first = await members.next()
  if (first.done || first.value.name !== 'manifest.json')
    throw new BackupFault('This is no backup of Zvonok.')
  const manifest = JSON.parse(first.value.content.toString()) as Manifest
  if (manifest.format !== 'zvonok-backup' || manifest.version !== 1)
    throw new BackupFault('This backup is of a kind that this version of Zvonok does not read.')
  return manifest
}

/** Members as a tar, made as fast as it is read. */
export function packed(members: AsyncIterable<Member>): Readable {
  const tar = pack()
  fill(tar, members).catch((error: unknown) => tar.destroy(asError(error)))
  // The library's own kind of stream is no Node stream by its type.
  return Readable.from(tar, { objectMode: false })
}

async function fill(tar: Pack, members: AsyncIterable<Member>): Promise<void> {
  for await (const { name, content } of members) {
    await new Promise<void>((resolve, reject) => {
      tar.entry({ name, mode: 0o600 }, content, (error) => (error ? reject(asError(error)) : resolve()))
    })
  }
  tar.finalize()
}

/** The members of a tar. Whatever is wrong with it is thrown where they are read. */
export async function* unpacked(tar: Readable): AsyncGenerator<Member> {
  const members = extract()
  const read = pipeline(tar, members)
  // Thrown below; a reader who stops early need not hear of it.
  read.catch(() => {})
  try {
    for await (const entry of members) {
      const chunks: Buffer[] = []
      for await (const chunk of entry) chunks.push(chunk as Buffer)
      yield { name: entry.header.name, content: Buffer.concat(chunks) }
    }
  } finally {
    tar.destroy()
  }
  await read
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
