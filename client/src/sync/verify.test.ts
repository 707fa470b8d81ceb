import { ed25519 } from '@noble/curves/ed25519.js'
import type { Receipt, UnsignedReceipt } from 'shared/journal/receipt'
import { sealReceipts } from 'shared/journal/receipt-proof'
import { must } from 'shared/plain/must'
import { toBase64 } from '../store/base64'
import { verifyReceipts } from './verify'

const secret = new Uint8Array(32).fill(7)
const key = toBase64(ed25519.getPublicKey(secret))

const sign = (text: string) => toBase64(ed25519.sign(new TextEncoder().encode(text), secret))

function unsigned(over: Partial<Receipt> = {}): UnsignedReceipt {
  return {
    entry: 'e',
    db: 'journal-test-2026',
    sheet: 'lesson:m5:2026-09-16:2',
    epoch: 'epoch1',
    received: 5,
    judged: 5,
    made: { from: 1, to: 2 },
    capacity: 'assignee' as const,
    by: { rules: 1, directory: { staff: 3 } },
    admission: { is: 'in' as const },
    ...over,
  }
}

function signed(over: Partial<Receipt> = {}): Receipt {
  return must(sealReceipts([unsigned(over)], sign)[0], 'a receipt')
}

const withoutEd25519 = {
  importKey: () => Promise.reject(new DOMException('no', 'NotSupportedError')),
} as unknown as SubtleCrypto

for (const [where, subtle] of [
  ['the browser', crypto.subtle],
  ['the library', withoutEd25519],
] as const) {
  test(`O2 ${where} knows the school's signature from any other`, async () => {
    const verify = verifyReceipts(key, subtle)
    expect(await verify(signed())).toBe(true)
    expect(await verify({ ...signed(), received: 6 })).toBe(false)
    expect(await verify({ ...signed(), signature: 'nonsense' })).toBe(false)
    expect(await verify({ ...signed(), signature: '' })).toBe(false)
    const other = verifyReceipts(toBase64(ed25519.getPublicKey(new Uint8Array(32).fill(8))), subtle)
    expect(await other(signed())).toBe(false)
  })
}
