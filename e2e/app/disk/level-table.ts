import { readVarint, unpackSnappy } from './snappy'

const footerLength = 48
const magic = Buffer.from('57fb808b247547db', 'hex')
const trailerLength = 5

/**
 * Everything a LevelDB table (`.ldb`) holds, its blocks unpacked. Its order of keys is not looked at: Chromium's
 * IndexedDB has one of its own, which no LevelDB outside of it opens.
 */
export function readLevelTable(file: Buffer): Buffer[] {
  if (file.length < footerLength || !file.subarray(-8).equals(magic)) return []
  const footer = file.subarray(-footerLength)
  const [, afterMeta] = readHandle(footer, 0)
  const [index] = readHandle(footer, afterMeta)
  return entriesOf(blockAt(file, index)).map(({ key, value }) => {
    const [handle] = readHandle(value, 0)
    const whole = entriesOf(blockAt(file, handle))
    // Keys share their beginnings in a block: spelled out, a name in one of them is found.
    return Buffer.concat([key, ...whole.flatMap((entry) => [entry.key, entry.value])])
  })
}

interface Handle {
  offset: number
  size: number
}

function readHandle(bytes: Uint8Array, from: number): [Handle, number] {
  const [offset, next] = readVarint(bytes, from)
  const [size, end] = readVarint(bytes, next)
  return [{ offset, size }, end]
}

function blockAt(file: Buffer, { offset, size }: Handle): Buffer {
  const block = file.subarray(offset, offset + size)
  const isPacked = file[offset + size] === 1
  if (offset + size + trailerLength > file.length) return Buffer.alloc(0)
  return isPacked ? unpackSnappy(block) : block
}

function entriesOf(block: Buffer): { key: Buffer; value: Buffer }[] {
  if (block.length < 4) return []
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4)
  const entries: { key: Buffer; value: Buffer }[] = []
  let key = Buffer.alloc(0)
  for (let at = 0; at < end;) {
    const [shared, afterShared] = readVarint(block, at)
    const [own, afterOwn] = readVarint(block, afterShared)
    const [size, start] = readVarint(block, afterOwn)
    key = Buffer.concat([key.subarray(0, shared), block.subarray(start, start + own)])
    entries.push({ key, value: block.subarray(start + own, start + own + size) })
    at = start + own + size
  }
  return entries
}
