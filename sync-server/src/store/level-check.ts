import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readRecords } from './level-records'

/**
 * Looks whether a LevelDB folder has lost something that was written, before LevelDB opens it and tidies the traces away;
 * null where it has not. LevelDB itself passes over what is damaged in the middle of its log and does not miss a log
 * that is gone (`paranoid_checks`, which would refuse, is out of reach behind leveldown). Where a killed process stopped
 * writing is no loss: nobody was told that it is on disk. What LevelDB refuses by itself is left to it.
 */
export async function findLoss(folder: string): Promise<string | null> {
  const files = new Set(await readdir(folder).catch(() => []))
  if (!files.has('CURRENT')) return null
  const manifest = (await readFile(join(folder, 'CURRENT'), 'utf8')).trim()
  if (!files.has(manifest)) return null
  const state = readManifest(readRecords(await readFile(join(folder, manifest))).records)
  for (const [number, size] of state.tables) {
    const name = nameOf(number, 'ldb')
    if (files.has(name) && (await stat(join(folder, name))).size !== size) return `${name} is cut short`
  }
  // A log goes when what it held stands in a table and in the manifest: this one is named, so it does not yet.
  if (state.log > 0 && !files.has(nameOf(state.log, 'log'))) return `${nameOf(state.log, 'log')} is gone`
  const logs = [...files].filter((name) => name.endsWith('.log') && Number.parseInt(name) >= state.log).sort()
  for (const name of logs) {
    const { end } = readRecords(await readFile(join(folder, name)))
    if (end === 'damaged') return `${name} is damaged`
    if (end === 'cut' && name !== logs.at(-1)) return `${name} is cut short`
  }
  return null
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
  const state: Levels = { log: 0, tables: new Map() }
  for (const edit of edits) {
    const read = reader(edit)
    while (!read.done()) {
      switch (read.number()) {
        case 1:
          read.text()
          break
        case 2:
          state.log = read.number()
          break
        case 3:
        case 4:
        case 9:
          read.number()
          break
        case 5:
          read.number()
          read.text()
          break
        case 6:
          read.number()
          state.tables.delete(read.number())
          break
        case 7: {
          read.number()
          state.tables.set(read.number(), read.number())
          read.text()
          read.text()
          break
        }
        default:
          // A manifest of another LevelDB: it knows better what is in it.
          return { log: 0, tables: new Map() }
      }
    }
  }
  return state
}

function reader(bytes: Buffer) {
  let at = 0
  const number = () => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte % 128) * factor
      if (byte < 128) return value
    }
  }
  const text = () => {
    const length = number()
    at += length
  }
  return { done: () => at >= bytes.length, number, text }
}
