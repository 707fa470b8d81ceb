import { randomBytes } from 'node:crypto'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { oddTexts } from './from-schema'

/** JSON that no `JSON.stringify` writes, or that no schema foresees: put in the place of any part of a body. */
const rawParts = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '-0',
  '1e999',
  '-1e999',
  '9007199254740993',
  '1e308',
  '5e-324',
  'NaN',
  'Infinity',
  'undefined',
  '0x10',
  '01',
  '+1',
  '.5',
  "'a'",
  '""',
  '[]',
  '{}',
  '[[]]',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"\\u005f_proto__":1}',
  '{"a":1,"a":2}',
  '{"$ne":null}',
  '{"toJSON":1}',
  '{"then":1}',
  '{"length":1e9}',
  '{"text":"x","salt":"y"}',
  '"\\ud83c"',
  '"\\udfff\\ud83c"',
  '"\\u0000"',
  '"\\x41"',
  '"\n"',
  '"\\',
  '/* */1',
  `${'['.repeat(33)}${']'.repeat(33)}`,
  `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`,
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  '['.repeat(10_000),
  `[${'0,'.repeat(25_000)}0]`,
  `"${'x'.repeat(70_000)}"`,
]
/** Pairs to slip into an object. */
const rawPairs = [
  '"admin":true',
  '"roles":["admin"]',
  '"__proto__":{"a":1}',
  '"constructor":{}',
  '"prototype":1',
  '"":0',
  '"\\ud83c":1',
  '"id":"x"',
  '"entries":[]',
  '"toString":1',
  '"hasOwnProperty":null',
]

/** One thing wrong with a body's value: where (any of its parts), and what. */
export interface ValueFault {
  at: number
  is: 'part' | 'pair' | 'drop' | 'text' | 'many'
  with: string
}

export const valueFault: fc.Arbitrary<ValueFault> = fc.oneof(
  fault('part', rawParts),
  fault('pair', rawPairs),
  fault('drop', ['']),
  fault('text', oddTexts),
  fault('many', ['2', '101', '1001']),
)

function fault(is: ValueFault['is'], texts: readonly string[]): fc.Arbitrary<ValueFault> {
  return fc.record({ at: fc.nat({ max: 400 }), is: fc.constant(is), with: fc.constantFrom(...texts) })
}

/** What is wrong with the body as a whole, once it is text. */
export const wholeFaults = {
  empty: () => Buffer.alloc(0),
  'cut in the middle': (text) => Buffer.from(text.slice(0, Math.ceil(text.length / 2))),
  'one byte short': (text) => Buffer.from(text).subarray(0, -1),
  'something after it': (text) => Buffer.from(`${text}{}`),
  twice: (text) => Buffer.from(text + text),
  'a byte order mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'bytes that are no UTF-8': (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xc3, 0x28, 0xff])]),
  'an overlong slash': () => Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
  'a comment': (text) => Buffer.from(`${text}//`),
  'in a list': (text) => Buffer.from(`[${text}]`),
  'in a text': (text) => Buffer.from(JSON.stringify(text)),
  'white space around': (text) => Buffer.from(` \r\n\t${text}\n`),
  'a key twice': (text) => Buffer.from(text.replace('{', '{"limit":1,"limit":2,')),
  noise: () => randomBytes(300),
} satisfies Record<string, (text: string) => Buffer>
export type WholeFault = keyof typeof wholeFaults

const bomb = once(() => gzipSync(Buffer.alloc(50_000_000, 0x20)))
const nineMegabytes = once(() => Buffer.from(JSON.stringify({ login: 'x'.repeat(9_000_000) })))

/** How a body is packed: honest, false, or made to burst. */
export const packings = {
  gzip: { encoding: 'gzip', pack: (body) => gzipSync(body) },
  deflate: { encoding: 'deflate', pack: (body) => deflateSync(body) },
  brotli: { encoding: 'br', pack: (body) => brotliCompressSync(body) },
  'gzip that is none': { encoding: 'gzip', pack: (body) => body },
  'gzip cut off': { encoding: 'gzip', pack: (body) => gzipSync(body).subarray(0, 18) },
  'gzip with a tail': {
    encoding: 'gzip',
    pack: (body) => Buffer.concat([gzipSync(body), Buffer.from('tail')]),
  },
  'gzip twice': { encoding: 'gzip', pack: (body) => gzipSync(gzipSync(body)) },
  'two encodings': { encoding: 'gzip, gzip', pack: (body) => gzipSync(gzipSync(body)) },
  'an unknown encoding': { encoding: 'rot13', pack: (body) => body },
  'a gzip bomb': { encoding: 'gzip', pack: () => bomb() },
  '9 MB': { encoding: '', pack: () => nineMegabytes() },
} satisfies Record<string, { encoding: string; pack: (body: Buffer) => Buffer }>
export type Packing = keyof typeof packings

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
// No text of ours has this letter of the private area.
const mark = (text: string) => `\uE000${Buffer.from(text).toString('base64url')}\uE000`

/** The body as text, with its faults in it. */
export function breakBody(value: unknown, faults: readonly ValueFault[]): string {
  let broken = structuredClone(value) as Json
  for (const one of faults) broken = apply(broken, one)
  const text = JSON.stringify(broken) ?? ''
  return text
    .replace(/"\uE000([A-Za-z0-9_-]+)\uE000":0/g, (_all, raw: string) =>
      Buffer.from(raw, 'base64url').toString(),
    )
    .replace(/"\uE000([A-Za-z0-9_-]+)\uE000"/g, (_all, raw: string) =>
      Buffer.from(raw, 'base64url').toString(),
    )
}

function apply(value: Json, { at, is, with: given }: ValueFault): Json {
  const places = placesOf(value)
  const [holder, key] = places[at % Math.max(1, places.length)] ?? [null, '']
  const part = holder === null ? value : (holder as Record<string, Json>)[key]
  const put = (next: Json): Json => {
    if (holder === null) return next
    ;(holder as Record<string, Json>)[key] = next
    return value
  }
  switch (is) {
    case 'part':
      return put(mark(given))
    case 'text':
      return put(given)
    case 'pair': {
      const object = [part, holder, value].find(isObject)
      if (object) object[mark(given)] = 0
      return value
    }
    case 'drop':
      if (isObject(holder)) delete holder[key]
      else if (Array.isArray(holder)) holder.pop()
      return value
    case 'many':
      return put(Array.from({ length: timesOf(Number(given), value) }, () => part ?? null))
  }
}

// A thousand times a thousand of something would only keep the drill itself busy: the server reads one megabyte.
function timesOf(wanted: number, whole: Json): number {
  return Math.min(wanted, Math.ceil(2_000_000 / JSON.stringify(whole).length))
}

function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every part of the value by its holder and key; the whole first. */
function placesOf(value: Json): [Json, string][] {
  const places: [Json, string][] = [[null, '']]
  const walk = (part: Json) => {
    if (typeof part !== 'object' || part === null) return
    for (const key of Object.keys(part)) {
      places.push([part, key])
      walk((part as Record<string, Json>)[key] ?? null)
    }
  }
  walk(value)
  return places
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
