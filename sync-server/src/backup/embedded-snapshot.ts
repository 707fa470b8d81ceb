import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoreFactory } from '../store/store'
import { isOwnName, jsonMember, type Manifest, type Member } from './members'
import { linesOf } from './pair-lines'
import type { WatchedLevels } from './watched-levels'

export interface SnapshotDeps {
  dataDir: string
  stores: Pick<StoreFactory, 'list' | 'open'>
  levels: Pick<WatchedLevels, 'pairs'>
  /** ISO instant. */
  now: () => string
}

/**
 * The members of a backup of the embedded store, whether a server works on it or not. Each database is as it stood at
 * one moment. Indexes of views are left out: they are made again. Anchors come before the databases: then they never
 * remember more of a ledger than the backup has (L2).
 */
export async function* embeddedSnapshot({
  dataDir,
  stores,
  levels,
  now,
}: SnapshotDeps): AsyncGenerator<Member> {
  const databases = await stores.list('')
  const manifest: Manifest = {
    format: 'zvonok-backup',
    version: 1,
    store: 'embedded',
    made: now(),
    databases,
  }
  yield jsonMember('manifest.json', manifest)
  const keys = await readdir(join(dataDir, 'keys'), { withFileTypes: true })
  for (const { name } of keys.filter((key) => key.isFile() && isOwnName(key.name)))
    yield { name: `keys/${name}`, content: await readFile(join(dataDir, 'keys', name)) }
  yield* anchorMembers(dataDir)
  for (const database of databases) {
    // A question opens it, where nobody has asked it anything yet.
    await (await stores.open(database)).info()
    let part = 0
    for await (const pairs of levels.pairs(join(dataDir, 'store', database)))
      yield { name: memberName('store', database, ++part), content: linesOf(pairs) }
  }
}

/** The chains of anchors that lie in the data folder; a line that is being written is not yet one. */
export async function* anchorMembers(dataDir: string): AsyncGenerator<Member> {
  const folder = join(dataDir, 'anchors')
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((name) => isOwnName(name) && name.endsWith('.jsonl')).sort()) {
    const text = await readFile(join(folder, name))
    yield { name: `anchors/${name}`, content: text.subarray(0, text.lastIndexOf('\n') + 1) }
  }
}

/** Parts are in order by their names too. */
export function memberName(kind: 'store' | 'couchdb', database: string, part: number): string {
  return `${kind}/${database}/${String(part).padStart(6, '0')}.jsonl`
}
