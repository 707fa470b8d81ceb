import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  hkdfSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { rootOf, sealReceipts, signedText } from 'shared/journal/receipt-proof'
import { canonicalJson, hashBy } from 'shared/plain/hash'
import { must } from 'shared/plain/must'
import type { Signer } from './port'

const utf8 = new TextEncoder()

// Whoever signs, hashes a great deal: by Node's own SHA-256.
hashBy((text) => hash('sha256', text, 'base64url'))

/** A new signing key, as text to be kept in secret: PKCS 8, base64url. */
export function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url')
}

/**
 * Signs receipts, a batch at a time, and anchors with Ed25519, and proves server times with a short
 * HMAC under a key derived from the same secret (O2, L2, T1).
 */
export function makeSigner(privateKey: string): Signer {
  const der = Buffer.from(privateKey, 'base64url')
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const open = createPublicKey(secret)
  const keyFor = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', new Uint8Array(der), '', `zvonok ${purpose}`, 32))
  const [timeKey, textKey] = [keyFor('time token'), keyFor('checkpoint')]

  const seal = (text: string) => sign(null, utf8.encode(text), secret).toString('base64url')
  const isSeal = (signature: string, text: string) =>
    verify(null, utf8.encode(text), open, new Uint8Array(Buffer.from(signature, 'base64url')))
  const short = (key: Uint8Array, text: string) =>
    createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')
  const timeToken = (time: number) => short(timeKey, String(time))

  let last = { time: -1, token: '' }
  let lastSeal = { root: '', signature: '' }

  return {
    key: must(open.export({ format: 'jwk' }).x, 'a public key'),
    signReceipts: (receipts) => sealReceipts(receipts, seal),
    isSignedReceipt(receipt) {
      const root = rootOf(receipt)
      // Receipts of one batch come together, and their one signature is checked once.
      const { signature } = receipt
      if (root === lastSeal.root && signature === lastSeal.signature) return true
      const isOurs = isSeal(signature, signedText(root))
      if (isOurs) lastSeal = { root, signature }
      return isOurs
    },
    signAnchor: (anchor) => ({ ...anchor, signature: seal(canonicalJson(anchor)) }),
    isSignedAnchor: ({ signature, ...anchor }) => isSeal(signature, canonicalJson(anchor)),
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
