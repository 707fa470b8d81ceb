import { maskedCrc } from './level-bytes'

/** How the records of a LevelDB log or manifest end. `cut`: in the middle of one, as a process ends that is killed. */
export type RecordsEnd = 'whole' | 'cut' | 'damaged'

const block = 32_768
const header = 7
/** A record stands in one block, or has a first, middle and last part. */
const [full, middle, last] = [1, 3, 4]

/**
 * The records of a LevelDB log or manifest, each whole, up to where they end (doc/log_format.md there). LevelDB reads on
 * behind a damaged one without a word: what was in it is then missing, and what came after it is not.
 */
export function readRecords(file: Buffer): { records: Buffer[]; end: RecordsEnd } {
  const records: Buffer[] = []
  let parts: Buffer[] | null = null
  for (let at = 0; at < file.length;) {
    const left = block - (at % block)
    // The end of a block that is too short for a header is filled with nothing.
    if (left < header) {
      at += left
      continue
    }
    if (at + header > file.length) return { records, end: 'cut' }
    const [length, type] = [file.readUInt16LE(at + 4), file[at + 6] ?? 0]
    // Room that was asked of the disk and never written to.
    if (type === 0 && length === 0) return { records, end: isBlank(file.subarray(at)) ? 'cut' : 'damaged' }
    if (length > left - header || type > last) return { records, end: 'damaged' }
    if (at + header + length > file.length) return { records, end: 'cut' }
    if (file.readUInt32LE(at) !== maskedCrc(file.subarray(at + 6, at + header + length)))
      return { records, end: 'damaged' }
    const data = file.subarray(at + header, at + header + length)
    const continues = type === middle || type === last
    if (continues !== (parts !== null)) return { records, end: 'damaged' }
    parts = [...(parts ?? []), data]
    if (type === full || type === last) {
      records.push(Buffer.concat(parts))
      parts = null
    }
    at += header + length
  }
  return { records, end: parts === null ? 'whole' : 'cut' }
}

function isBlank(rest: Buffer): boolean {
  return rest.every((byte) => byte === 0)
}
