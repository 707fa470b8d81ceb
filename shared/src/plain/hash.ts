import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The one spelling of a JSON value (RFC 8785): the same content always gives the same text. Keys that are undefined are
 * left out, as JSON leaves them out. Every entry is hashed several times on its way, so this is written for speed.
 */
export function canonicalJson(value: unknown): string {
  // The engine's own spelling is this one wherever the keys already stand in order, and many times as fast.
  return isInOrder(value) ? JSON.stringify(value) : spell(value)
}

function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object':
      if (value === null) return true
      return Array.isArray(value) ? value.every(isInOrder) : isObjectInOrder(value)
    default:
      return false
  }
}

function isObjectInOrder(value: object): boolean {
  let before = ''
  for (const [key, inner] of Object.entries(value)) {
    if (key < before || (inner !== undefined && !isInOrder(inner))) return false
    before = key
  }
  return true
}

function spell(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? `[${value.map(canonicalJson).join(',')}]` : spellObject(value)
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`no JSON: ${value}`)
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new Error(`no JSON: ${typeof value}`)
  return text
}

function spellObject(value: object): string {
  const object = value as Readonly<Record<string, unknown>>
  let text = ''
  // The order of UTF-16 code units, which is that of `sort`.
  for (const key of Object.keys(object).sort()) {
    const inner = object[key]
    if (inner === undefined) continue
    text += `${text ? ',' : ''}${JSON.stringify(key)}:${canonicalJson(inner)}`
  }
  return `{${text}}`
}

/** SHA-256 of a text's UTF-8, as 43 characters of base64url. */
export type Digest = (text: string) => string

const ownDigest: Digest = (text) => base64url(sha256(utf8ToBytes(text)))
let digest = ownDigest

/** Lets a platform's own SHA-256 do the work: the same answers, ten times as fast. Throws on one that is no SHA-256. */
export function hashBy(platform: Digest): void {
  const sample = 'Звонок, ü, 😀, a'
  if (platform(sample) !== ownDigest(sample)) throw new Error('this is not SHA-256 in base64url')
  digest = platform
}

/** SHA-256 of the canonical form, as 43 characters of base64url. */
export function hashOf(value: unknown): string {
  return digest(canonicalJson(value))
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function base64url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const used = Math.min(bytes.length - i, 3) + 1
    for (let k = 0; k < used; k++) text += letters[(three >> (18 - 6 * k)) & 63]
  }
  return text
}
