import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SheetDocument } from 'shared/journal/document'
import { must } from 'shared/plain/must'
import { anEntry, db, mathLesson } from 'shared/testing/small-school'
import { makeAnchorFile } from '../journal/anchor-file'
import { makeSigner } from '../journal/signer'
import { verifyJournal } from '../journal/verify'
import { keyFromFile } from '../start/signing-key'
import { makeEmbeddedStores } from '../store/embedded'
import { newKeyPair } from './keys'
import { jsonMember, type Member } from './members'
import { opened, seal } from './sealed-file'
import { backedUpSchool, openSchool, sheetsOf, type BackedUpSchool } from './small-backup'
import { askForBackup } from './socket'

let school: BackedUpSchool
beforeAll(async () => {
  school = await backedUpSchool()
  const mark = anEntry({ cell: 'mark:answer:s1' })
  await school.journal.push({ entries: [mark] }, 't1')
})
afterAll(() => school.close())

/** A restored folder, opened as a server opens it; closed after the test. */
async function openRestored<R>(dataDir: string, look: (parts: Restored) => Promise<R>): Promise<R> {
  const stores = await makeEmbeddedStores(dataDir)
  try {
    return await look({ stores, dataDir })
  } finally {
    await stores.close()
  }
}
interface Restored {
  stores: Awaited<ReturnType<typeof makeEmbeddedStores>>
  dataDir: string
}

async function verified({ stores, dataDir }: Restored) {
  const store = await stores.open<SheetDocument>(db)
  const anchors = makeAnchorFile(join(dataDir, 'anchors', `${db}.jsonl`))
  return verifyJournal(store, anchors, makeSigner(await keyFromFile(dataDir, true)), db)
}

test('a running server gives a backup, and what it restores to is the same school in a new epoch', async () => {
  const before = await sheetsOf(school.stores)
  const file = await school.backUp('round.age')
  const again = await school.restoreTo('again', file)
  await openRestored(again, async (restored) => {
    expect(await sheetsOf(restored.stores)).toEqual(before)
    expect(await restored.stores.list('')).toEqual(['accounts', db])
    const store = await restored.stores.open<SheetDocument>(db)
    const epoch = await store.local<{ id: string; past: string[] }>('epoch')
    expect(epoch).toEqual({ id: expect.any(String), past: [school.journal.epoch()] })
    const feed = await store.local('feed')
    expect(feed).not.toEqual(await (await school.stores.open(db)).local('feed'))
    expect(await store.view('waiting', 'waiting')).toEqual([])
    expect(await verified(restored)).toMatchObject({ faults: [], setBack: [{ epoch: epoch?.id }] })
    const journal = await openSchool(again, restored.stores)
    expect(journal.epoch()).toBe(epoch?.id)
    const [receipt] = (await journal.push({ entries: [anEntry({ cell: 'mark:answer:s2' })] }, 't1')).receipts
    expect(receipt?.epoch).toBe(epoch?.id)
    await journal.close()
  })
})

test('what else lies beside the keys keeps no backup from being restored', async () => {
  const stray = join(school.dataDir, 'keys', 'signing.key_OLD')
  await writeFile(stray, 'a copy by hand')
  const file = await school.backUp('stray.age')
  await rm(stray)
  const again = await school.restoreTo('stray', file)
  expect((await readdir(join(again, 'keys'))).sort()).toEqual(['backup.pub', 'signing.key'])
})

test('O3 in the new epoch a receipt of the old one that the backup lacks brings its entry back, and no alarm', async () => {
  const file = await school.backUp('older.age')
  const late = anEntry({ cell: 'mark:answer:s3', value: '3' })
  const { receipts } = await school.journal.push({ entries: [late] }, 't1')
  const again = await school.restoreTo('older', file)
  await openRestored(again, async ({ stores }) => {
    const journal = await openSchool(again, stores)
    const epoch = journal.epoch()
    await journal.pull({ checkpoint: null, limit: 1, newest: must(receipts[0], 'a receipt') }, 't1')
    expect(journal.epoch()).toBe(epoch)
    const offered = await journal.push({ entries: [late], receipts }, 't1')
    expect(offered.receipts).toEqual(receipts)
    await journal.close()
  })
})

test('a backup under writing has everything that was acknowledged before it began, and whole sheets', async () => {
  const acknowledged: string[] = []
  const writing = new AbortController()
  const writer = (async () => {
    for (let n = 0; !writing.signal.aborted; n++) {
      const entry = anEntry({ cell: `mark:answer:s${1 + (n % 3)}`, value: String(2 + (n % 4)) })
      await school.journal.push({ entries: [entry] }, 't1')
      acknowledged.push(entry.id)
    }
  })()
  while (acknowledged.length < 5) await new Promise((resolve) => setTimeout(resolve, 5))
  const before = [...acknowledged]
  const file = await school.backUp('load.age')
  writing.abort()
  await writer
  const again = await school.restoreTo('load', file)
  await openRestored(again, async (restored) => {
    const { links } = must((await sheetsOf(restored.stores)).get(mathLesson), 'the lesson')
    const kept = links.flatMap((link) => (link.type === 'entry' ? [link.entry.id] : []))
    expect(kept).toEqual(expect.arrayContaining(before))
    expect((await verified(restored)).faults).toEqual([])
  })
  expect(school.faults).toEqual([])
})

describe('what cannot be restored is refused in a sentence, and leaves nothing', () => {
  let file: string
  let sealed: Buffer
  beforeAll(async () => {
    file = await school.backUp('good.age')
    sealed = await readFile(file)
  })

  /** What a restore of these bytes says, and what it leaves. */
  async function refusal(bytes: Buffer, secret?: string) {
    const bad = join(school.folder, 'bad.age')
    await writeFile(bad, bytes)
    const says = await school.restoreTo('never', bad, secret).catch((error: Error) => error.message)
    return { says, left: (await school.files()).filter((name) => name.startsWith('never')) }
  }
  const saying = (says: RegExp) => ({ says: expect.stringMatching(says), left: [] })
  const damaged = saying(/damaged, cut short or altered|no backup of Zvonok/)

  test('another key', async () => {
    const other = await newKeyPair()
    expect(await refusal(sealed, other.secret)).toEqual(
      saying(/This key does not open .*: it was sealed for another one/),
    )
  })

  test.each([0, 10, 150, 200, 1000, 5000, -5000, -17, -16, -1])('a file cut at byte %i', async (at) => {
    expect(await refusal(sealed.subarray(0, at < 0 ? sealed.length + at : at))).toEqual(damaged)
  })

  test.each([0.001, 0.2, 0.4, 0.6, 0.8, 0.9999])('a byte altered at %f of the file', async (part) => {
    const altered = Buffer.from(sealed)
    const at = Math.floor(part * altered.length)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(await refusal(altered)).toEqual(damaged)
  })

  test('something appended', async () => {
    expect(await refusal(Buffer.concat([sealed, sealed]))).toEqual(damaged)
  })

  test('any other file', async () => {
    expect(await refusal(Buffer.from('-----BEGIN'.repeat(500)))).toEqual(saying(/no backup of Zvonok/))
  })

  test('a folder that is not empty stays as it is', async () => {
    const there = join(school.folder, 'taken')
    await mkdir(there)
    await writeFile(join(there, 'mine'), 'mine')
    await expect(school.restoreTo('taken', file)).rejects.toThrow('taken is not empty')
    expect(await readFile(join(there, 'mine'), 'utf8')).toBe('mine')
  })

  test('a backup that was sealed before its end', async () => {
    const half = join(school.folder, 'half.age')
    const members = async function* (): AsyncGenerator<Member> {
      let count = 0
      for await (const member of opened(file, [school.keys.secret])) if (count++ < 5) yield member
    }
    await seal(members(), { file: half, recipients: [school.keys.recipient] })
    expect(await refusal(await readFile(half))).toEqual(saying(/This backup lacks journal-test-2026/))
  })
})

test('no half of a backup ever stands under its name, nor does one replace another', async () => {
  const file = join(school.folder, 'broken.age')
  const mine = async () => (await school.files()).filter((name) => name.includes('broken'))
  let seen: string[] = []
  const members = async function* (): AsyncGenerator<Member> {
    yield { name: 'manifest.json', content: randomBytes(8_000_000) }
    // What a killed process would leave.
    while (seen.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      seen = await mine()
    }
    throw new Error('the power went')
  }
  const sealing = () => seal(members(), { file, recipients: [school.keys.recipient] })
  await expect(sealing()).rejects.toThrow('the power went')
  expect(seen).toEqual([expect.stringMatching(/^\.broken\.age\.[0-9a-f]{8}\.part$/)])
  expect(await mine()).toEqual([])
  await writeFile(file, 'an earlier one')
  await expect(sealing()).rejects.toThrow('is there already')
  expect(await readFile(file, 'utf8')).toBe('an earlier one')
})

test('a server that stops in the middle leaves no backup', async () => {
  const other = await backedUpSchool()
  const members = must(await askForBackup(other.dataDir), 'a running server')
  const slow = async function* (): AsyncGenerator<Member> {
    for await (const member of members) {
      yield member
      await other.stopServing()
    }
    yield jsonMember('never', {})
  }
  const file = join(other.folder, 'stopped.age')
  // So small a school is on its way whole before the server can stop; one that is not says so.
  const outcome = await seal(slow(), { file, recipients: [other.keys.recipient] }).catch(
    (e: Error) => e.message,
  )
  expect(outcome).toMatch(/The server broke off/)
  expect((await other.files()).filter((name) => name.includes('stopped'))).toEqual([])
  expect(await askForBackup(other.dataDir)).toBeNull()
  await other.close()
})

test('a backup has no child’s name in it that a finder without the key could read', async () => {
  const file = await school.backUp('names.age')
  const names = ['Абрамов', 'Белкина', 'Воронин', 'Кирилл', 'Софья']
  const forms = (name: string) =>
    (['utf8', 'utf16le'] as const).map((encoding) => Buffer.from(name, encoding))
  const found = (bytes: Buffer) => names.filter((name) => forms(name).some((form) => bytes.includes(form)))
  const clear: Buffer[] = []
  for await (const { content } of opened(file, [school.keys.secret])) clear.push(content)
  expect(found(Buffer.concat(clear))).toEqual(names)
  expect(found(await readFile(file))).toEqual([])
  expect((await readFile(file)).includes(db)).toBe(false)
})
