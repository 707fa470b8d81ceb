import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib'
import { readLevelTable } from './level-table'
import { unpackSnappy } from './snappy'

export interface Found {
  word: string
  /** Inside the profile. */
  file: string
  /** The bytes around, as far as they can be printed. */
  around: string
}

/** Words that lie readable in a browser's profile: in any file, in its databases' tables, in what it keeps packed. */
export async function findInProfile(profile: string, words: readonly string[]): Promise<Found[]> {
  const spellings = words.flatMap((word) => spellingsOf(word).map((bytes) => ({ word, bytes })))
  const found: Found[] = []
  const entries = await readdir(profile, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const file = await readFile(path)
    for (const bytes of layersOf(file, entry.name)) {
      for (const { word, bytes: spelled } of spellings) {
        const at = bytes.indexOf(spelled)
        if (at < 0) continue
        const around = bytes.subarray(Math.max(0, at - 80), at + spelled.length + 80)
        found.push({
          word,
          file: relative(profile, path),
          around: around.toString('utf8').replaceAll('\0', ''),
        })
      }
    }
  }
  return found
}

/** How a word may lie on a disk: as browsers write strings, in an address, and in JSON. */
function spellingsOf(word: string): Buffer[] {
  const units = Array.from({ length: word.length }, (_, i) =>
    word.charCodeAt(i).toString(16).padStart(4, '0'),
  )
  const escaped = units.map((unit) => `\\u${unit}`).join('')
  return [
    Buffer.from(word, 'utf8'),
    Buffer.from(word, 'utf16le'),
    Buffer.from(encodeURIComponent(word), 'latin1'),
    Buffer.from(escaped, 'latin1'),
  ]
}

function layersOf(file: Buffer, name: string): Buffer[] {
  const layers = [file, ...(name.endsWith('.ldb') ? readLevelTable(file) : [])]
  return [...layers, ...layers.flatMap(packedIn), ...brotliOf(file)]
}

/** What begins inside as packed by Blink (values of IndexedDB) or by gzip (answers in a cache). */
function packedIn(bytes: Buffer): Buffer[] {
  const blink = startsOf(bytes, Buffer.from([0xff, 0x11, 0x02])).map((at) =>
    unpackSnappy(bytes.subarray(at + 3)),
  )
  const gzip = startsOf(bytes, Buffer.from([0x1f, 0x8b, 0x08])).map((at) => {
    return attempt(() => gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }))
  })
  return [...blink, ...gzip]
}

// A simple cache file: a header with the key's length, the key, then the answer's body as it was sent.
function brotliOf(file: Buffer): Buffer[] {
  if (file.length < 24 || file.readBigUInt64LE(0) !== 0xfcfb6d1ba7725c30n) return []
  const start = 24 + file.readUInt32LE(12)
  return [
    attempt(() =>
      brotliDecompressSync(file.subarray(start), { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
    ),
  ]
}

function startsOf(bytes: Buffer, mark: Buffer): number[] {
  const starts: number[] = []
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) starts.push(at)
  return starts
}

function attempt(unpack: () => Buffer): Buffer {
  try {
    return unpack()
  } catch {
    // It only looked packed.
    return Buffer.alloc(0)
  }
}
