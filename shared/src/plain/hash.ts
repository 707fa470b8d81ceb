import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { base64urlnopad } from '@scure/base'
import canonicalize from 'canonicalize'
import { must } from './must'

/** The one spelling of a JSON value (RFC 8785): the same content always gives the same text. */
export function canonicalJson(value: unknown): string {
  return must(canonicalize(value), 'a canonical form')
}

/** SHA-256 of the canonical form, as 43 characters of base64url. */
export function hashOf(value: unknown): string {
  return base64urlnopad.encode(sha256(utf8ToBytes(canonicalJson(value))))
}
