import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { canonicalJson } from 'shared/plain/hash'
import { must } from 'shared/plain/must'
import type { Signer } from './port'

const utf8 = new TextEncoder()

/** A new signing key, as text to be kept in secret: PKCS 8, base64url. */
export function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url')
}

/**
 * Signs receipts and anchors with Ed25519 over the canonical form of the rest, and proves server times with a short
 * HMAC under a key derived from the same secret (O2, L2, T1).
 */
export function makeSigner(privateKey: string): Signer {
  const der = Buffer.from(privateKey, 'base64url')
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const open = createPublicKey(secret)
  const keyFor = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', new Uint8Array(der), '', `zvonok ${purpose}`, 32))
  const [timeKey, textKey] = [keyFor('time token'), keyFor('checkpoint')]

  const seal = (rest: object) => sign(null, utf8.encode(canonicalJson(rest)), secret).toString('base64url')
  const isSealed = (signed: { signature: string }) => {
    const { signature, ...rest } = signed
    return verify(
      null,
      utf8.encode(canonicalJson(rest)),
      open,
      new Uint8Array(Buffer.from(signature, 'base64url')),
    )
  }
  const short = (key: Uint8Array, text: string) =>
    createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')
  const timeToken = (time: number) => short(timeKey, String(time))

  let last = { time: -1, token: '' }

  return {
    key: must(open.export({ format: 'jwk' }).x, 'a public key'),
    signReceipt: (receipt) => ({ ...receipt, signature: seal(receipt) }),
    isSignedReceipt: isSealed,
    signAnchor: (anchor) => ({ ...anchor, signature: seal(anchor) }),
    isSignedAnchor: isSealed,
    timeToken,
    isTimeToken(time, token) {
      // A device's entries carry the contact before them, so neighbours carry the same.
      if (time === last.time && token === last.token) return true
      const expected = utf8.encode(timeToken(time))
      const given = utf8.encode(token)
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
      if (isOurs) last = { time, token }
      return isOurs
    },
    proofOf: (text) => short(textKey, text),
  }
}
