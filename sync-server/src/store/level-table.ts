import { uncompress } from 'snappyjs'
import { levelReader, maskedCrc, type LevelReader } from './level-bytes'

const footer = 48
const magic = Buffer.from('57fb808b247547db', 'hex')
const snappy = 1

interface Handle {
  offset: number
  size: number
}

/**
 * Whether a LevelDB table holds what was written to it: every block by its checksum (table/format.h there). LevelDB could
 * look at them itself as it reads, but leveldown cannot ask it to: a changed byte would come back as what was written.
 */
export function isWholeTable(file: Buffer): boolean {
  if (file.length < footer || !file.subarray(-magic.length).equals(magic)) return false
  const ends = levelReader(file.subarray(-footer))
  // The first names the filters, the second the data: what is in a block that is whole can be believed.
  return [handleIn(ends), handleIn(ends)].every(
    (handle) =>
      isWholeBlock(file, handle) && handlesIn(contentOf(file, handle)).every((of) => isWholeBlock(file, of)),
  )
}

function handleIn(read: LevelReader): Handle {
  return { offset: read.number(), size: read.number() }
}

/** The places of the blocks that this one names. */
function handlesIn(block: Buffer): Handle[] {
  if (block.length < 4) return []
  const restarts = block.readUInt32LE(block.length - 4)
  const read = levelReader(block.subarray(0, block.length - 4 - 4 * restarts))
  const handles: Handle[] = []
  while (!read.done()) {
    read.number()
    const [own, size] = [read.number(), read.number()]
    read.bytes(own)
    handles.push(handleIn(levelReader(read.bytes(size))))
  }
  return handles
}

function isWholeBlock(file: Buffer, { offset, size }: Handle): boolean {
  const end = offset + size
  // Behind a block stand how it is packed, and the checksum of both.
  return end + 5 <= file.length && file.readUInt32LE(end + 1) === maskedCrc(file.subarray(offset, end + 1))
}

function contentOf(file: Buffer, { offset, size }: Handle): Buffer {
  const block = file.subarray(offset, offset + size)
  return file[offset + size] === snappy ? uncompress(block) : block
}
