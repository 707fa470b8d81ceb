import { rootOf, signedText } from 'shared/journal/receipt-proof'
import { fromBase64 } from '../store/base64'
import type { VerifyReceipt } from './ports'

type Check = (signature: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>) => Promise<boolean>

/** Checks receipts with the school's pinned Ed25519 key (O2): by the browser where it can, else by a library loaded then. */
export function verifyReceipts(key: string, subtle: SubtleCrypto = crypto.subtle): VerifyReceipt {
  let check: Promise<Check> | null = null
  // Receipts of one batch share a signature: it is checked once.
  let last: { of: string; answer: Promise<boolean> } | null = null

  async function checkRoot(signature: string, root: string): Promise<boolean> {
    check ??= byBrowser(key, subtle).catch(() => byLibrary(key))
    try {
      const message = new Uint8Array(new TextEncoder().encode(signedText(root)))
      return await (
        await check
      )(fromBase64(signature), message)
    } catch {
      // Not base64, not 64 bytes, no key: no signature of the school.
      return false
    }
  }

  return (receipt) => {
    const root = rootOf(receipt)
    const of = `${receipt.signature} ${root}`
    if (last?.of !== of) last = { of, answer: checkRoot(receipt.signature, root) }
    return last.answer
  }
}

async function byBrowser(key: string, subtle: SubtleCrypto): Promise<Check> {
  const publicKey = await subtle.importKey('raw', fromBase64(key), 'Ed25519', false, ['verify'])
  return (signature, message) => subtle.verify('Ed25519', publicKey, signature, message)
}

async function byLibrary(key: string): Promise<Check> {
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  const publicKey = fromBase64(key)
  return async (signature, message) => ed25519.verify(signature, message, publicKey)
}
