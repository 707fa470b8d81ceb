import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { levelReader } from './level-bytes'
import { readRecords } from './level-records'
import { isWholeTable } from './level-table'

/** What is wrong with a LevelDB folder. */
export interface LevelDamage {
  /** `lost`: what is left is right, and something is missing. `broken`: what is left cannot be believed. */
  is: 'lost' | 'broken'
  says: string
}

/**
 * Looks whether a LevelDB folder is as it was written, before LevelDB opens it and tidies the traces away; null where it
 * is. LevelDB itself passes over what is damaged in the middle of its log, does not miss a log that is gone, and takes
 * what it finds in a table for what it wrote (`paranoid_checks` and `verify_checksums`, which would refuse, are out of
 * reach behind leveldown). Where a killed process stopped writing is no loss: nobody was told that it is on disk. What
 * LevelDB refuses by itself is left to it.
 */
export async function findDamage(folder: string): Promise<LevelDamage | null> {
  const files = new Set(await readdir(folder).catch(whereThereIsNone))
  if (!files.has('CURRENT')) {
    // Made before any log or table: without it LevelDB would begin anew, and remove them.
    const holdsData = [...files].some((name) => /\.(log|ldb|sst)$/.test(name))
    return holdsData ? { is: 'broken', says: 'CURRENT is gone' } : null
  }
  const manifest = (await readFile(join(folder, 'CURRENT'), 'utf8')).trim()
  if (!files.has(manifest)) return null
  const levels = readManifest(readRecords(await readFile(join(folder, manifest))).records)
  return (await findBroken(folder, files, levels)) ?? findLost(folder, files, levels)
}

async function findBroken(
  folder: string,
  files: ReadonlySet<string>,
  { tables }: Levels,
): Promise<LevelDamage | null> {
  for (const [number, size] of tables) {
    const name = nameOf(number, 'ldb')
    if (!files.has(name)) continue
    const path = join(folder, name)
    if ((await stat(path)).size !== size) return { is: 'broken', says: `${name} is cut short` }
    if (!isWholeTable(await readFile(path))) return { is: 'broken', says: `${name} is damaged` }
  }
  return null
}

async function findLost(
  folder: string,
  files: ReadonlySet<string>,
  { log }: Levels,
): Promise<LevelDamage | null> {
  // A log goes when what it held stands in a table and in the manifest: this one is named, so it does not yet.
  if (log > 0 && !files.has(nameOf(log, 'log'))) return { is: 'lost', says: `${nameOf(log, 'log')} is gone` }
  const logs = [...files]
    .filter((name) => name.endsWith('.log') && Number.parseInt(name) >= log)
    .sort((a, b) => Number.parseInt(a) - Number.parseInt(b))
  for (const name of logs) {
    const { end } = readRecords(await readFile(join(folder, name)))
    if (end === 'damaged') return { is: 'lost', says: `${name} is damaged` }
    if (end === 'cut' && name !== logs.at(-1)) return { is: 'lost', says: `${name} is cut short` }
  }
  return null
}

function whereThereIsNone(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

function nameOf(number: number, kind: 'log' | 'ldb'): string {
  return `${String(number).padStart(6, '0')}.${kind}`
}

interface Levels {
  /** The log whose records are in no table yet. */
  log: number
  /** The size of each table that counts, by number. */
  tables: Map<number, number>
}

/** Adds up the edits of a manifest (`VersionEdit::EncodeTo` there). */
function readManifest(edits: readonly Buffer[]): Levels {
  const levels: Levels = { log: 0, tables: new Map() }
  for (const edit of edits) {
    const read = levelReader(edit)
    while (!read.done()) {
      switch (read.number()) {
        case 1:
          read.bytes()
          break
        case 2:
          levels.log = read.number()
          break
        case 3:
        case 4:
        case 9:
          read.number()
          break
        case 5:
          read.number()
          read.bytes()
          break
        case 6:
          read.number()
          levels.tables.delete(read.number())
          break
        case 7:
          read.number()
          levels.tables.set(read.number(), read.number())
          read.bytes()
          read.bytes()
          break
        default:
          // A manifest of another LevelDB: it knows better what is in it.
          return { log: 0, tables: new Map() }
      }
    }
  }
  return levels
}
