import { cp, open, readdir, stat, truncate } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { must } from 'shared/plain/must'
import type { Random } from '../simulate/random'

/** What is done to one file of a store, as a failing disk or a torn write does it. */
export type Damage =
  | { is: 'flip'; file: string; at: number; bits: number }
  | { is: 'cut'; file: string; to: number; of: number }

/** Files of the journal: its log, its tables, its manifest, and those of its views' indexes. Sign-ins are none of entries. */
async function filesOf(dataDir: string): Promise<string[]> {
  const store = join(dataDir, 'store')
  const databases = (await readdir(store)).filter((name) => /^journal-[a-z0-9]+-\d{4}(-mrview-|$)/.test(name))
  const files = await Promise.all(databases.map((name) => filesIn(join(store, name))))
  return must(files.length > 0 ? files.flat() : undefined, 'a journal')
}

async function filesIn(database: string): Promise<string[]> {
  const names = (await readdir(database)).filter((name) => /\.(log|ldb)$|^MANIFEST|^CURRENT$/.test(name))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(database, name))).size))
  return names.filter((_, i) => (sizes[i] ?? 0) > 0).map((name) => join(database, name))
}

/** Copies what a data folder keeps: the socket that a server speaks on beside is not of it. */
export async function copyData(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => !path.endsWith('.sock') })
}

/** Copies a data folder and damages one file of the copy. */
export async function damagedCopy(
  from: string,
  to: string,
  kind: Damage['is'],
  random: Random,
): Promise<Damage> {
  await copyData(from, to)
  const files = (await filesOf(to)).sort()
  const isIndex = (file: string) => file.includes('-mrview-')
  const of = (pattern: RegExp) => files.filter((file) => pattern.test(file) && !isIndex(file))
  // Where writes end is where they tear: the log most of all.
  const kinds = [of(/\.log$/), of(/\.log$/), of(/\.ldb$/), of(/MANIFEST|CURRENT/), files.filter(isIndex)]
  const some = random.pick(kinds.filter((list) => list.length > 0))
  const file = random.pick(some)
  const { size } = await stat(file)
  if (kind === 'cut') {
    const left = random.int(0, size - 1)
    await truncate(file, left)
    return { is: 'cut', file: shortOf(file), to: left, of: size }
  }
  const at = random.int(0, size - 1)
  const bits = random.int(1, 255)
  const handle = await open(file, 'r+')
  try {
    const byte = Buffer.alloc(1)
    await handle.read(byte, 0, 1, at)
    await handle.write(Buffer.from([(byte[0] ?? 0) ^ bits]), 0, 1, at)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { is: 'flip', file: shortOf(file), at, bits }
}

function shortOf(file: string): string {
  return file.includes('-mrview-') ? `index ${basename(file)}` : basename(file)
}
