import { isUtf8 } from 'node:buffer'
import type { Pair } from './watched-levels'

/** Pairs as lines of JSON, readable by people and tools of a later time. */
export function linesOf(pairs: readonly Pair[]): Buffer {
  return Buffer.from(pairs.map(([key, value]) => `${JSON.stringify([text(key), text(value)])}\n`).join(''))
}

export function pairsOf(lines: Buffer): [key: string, value: string][] {
  return lines
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as [string, string])
}

// PouchDB keeps text only, as long as nothing is attached to a document: then this must not go by unnoticed.
function text(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Error('the store holds bytes that are no text')
  return bytes.toString()
}
