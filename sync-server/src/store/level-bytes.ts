import { crc32c } from '@node-rs/crc32'

/** Reads what LevelDB has spelt: numbers of seven bits a byte, and pieces that begin with their length. */
export interface LevelReader {
  done(): boolean
  number(): number
  /** So many bytes; without a number, as many as the number before them says. */
  bytes(length?: number): Buffer
}

export function levelReader(from: Buffer): LevelReader {
  let at = 0
  const number = () => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = from[at++] ?? 0
      value += (byte % 128) * factor
      if (byte < 128) return value
    }
  }
  const bytes = (length = number()) => from.subarray(at, (at += length))
  return { done: () => at >= from.length, number, bytes }
}

/** The checksum that LevelDB writes beside a record or a block: native, because a start reads all tables. */
export function maskedCrc(data: Buffer): number {
  const crc = crc32c(data)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}
