/**
 * Unpacks Snappy's raw format as far as it goes: what is cut off or damaged gives what came before it. For looking into
 * files that another program wrote, never for trusting them.
 */
export function unpackSnappy(packed: Uint8Array): Buffer {
  const [length, start] = readVarint(packed, 0)
  const out = Buffer.alloc(Math.min(length, 64 * 1024 * 1024))
  let from = start
  let to = 0
  while (from < packed.length && to < out.length) {
    const tag = packed[from++] ?? 0
    if ((tag & 3) === 0) {
      let size = tag >> 2
      if (size >= 60) {
        const bytes = size - 59
        size = littleEndian(packed, from, bytes)
        from += bytes
      }
      size += 1
      if (from + size > packed.length) size = packed.length - from
      out.set(packed.subarray(from, from + Math.min(size, out.length - to)), to)
      from += size
      to += size
      continue
    }
    const short = (tag & 3) === 1
    const size = short ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
    const bytes = short ? 1 : (tag & 3) === 2 ? 2 : 4
    const offset = littleEndian(packed, from, bytes) + (short ? (tag >> 5) * 256 : 0)
    from += bytes
    if (offset === 0 || offset > to) break
    for (let i = 0; i < size && to < out.length; i += 1, to += 1) out[to] = out[to - offset] ?? 0
  }
  return out.subarray(0, Math.min(to, out.length))
}

/** A number of seven bits a byte, and where it ends. */
export function readVarint(bytes: Uint8Array, from: number): [value: number, end: number] {
  let value = 0
  for (let i = 0; i < 10; i += 1) {
    const byte = bytes[from + i] ?? 0
    value += (byte & 127) * 2 ** (7 * i)
    if (byte < 128) return [value, from + i + 1]
  }
  return [value, from + 10]
}

function littleEndian(bytes: Uint8Array, from: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i += 1) value += (bytes[from + i] ?? 0) * 256 ** i
  return value
}
