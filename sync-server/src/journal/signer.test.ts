import { ed25519 } from '@noble/curves/ed25519.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { base64urlnopad } from '@scure/base'
import { admitted, type UnsignedReceipt } from 'shared/journal/receipt'
import { hashOf } from 'shared/plain/hash'
import { must } from 'shared/plain/must'
import type { Signer } from './port'
import { makeSigner, newPrivateKey } from './signer'

const unsigned: UnsignedReceipt = {
  entry: 'e',
  db: 'journal-test-2026',
  sheet: 'school',
  epoch: 'x',
  received: 1,
  judged: 1,
  made: { from: 0, to: 1 },
  capacity: 'office',
  by: { rules: 1, directory: { staff: 5 } },
  admission: admitted,
}

function sealOne(signer: Signer) {
  return must(signer.signReceipts([unsigned])[0], 'a receipt')
}

test('O2 a device verifies with the public key alone, by other code than the server’s', () => {
  const signer = makeSigner(newPrivateKey())
  const { signature, ...rest } = sealOne(signer)
  const signedBytes = (leaf: object) => utf8ToBytes(`{"receipts":"${hashOf({ leaf })}"}`)
  const [decode, key] = [base64urlnopad.decode, base64urlnopad.decode(signer.key)]
  expect(ed25519.verify(decode(signature), signedBytes(rest), key)).toBe(true)
  expect(ed25519.verify(decode(signature), signedBytes({ ...rest, judged: 2 }), key)).toBe(false)
})

test('the same key signs after a restart, another key’s signature is none, rubbish neither', () => {
  const key = newPrivateKey()
  const receipt = sealOne(makeSigner(key))
  const again = makeSigner(key)
  expect(again.isSignedReceipt(receipt)).toBe(true)
  expect(again.isSignedReceipt(sealOne(makeSigner(newPrivateKey())))).toBe(false)
  for (const signature of ['', 'x', receipt.signature.slice(1)]) {
    expect(again.isSignedReceipt({ ...receipt, signature })).toBe(false)
  }
})

test('T1 a time token proves one time of one key', () => {
  const [key, other] = [newPrivateKey(), newPrivateKey()]
  const token = makeSigner(key).timeToken(1_000)
  const signer = makeSigner(key)
  expect([signer.isTimeToken(1_000, token), signer.isTimeToken(1_000, token)]).toEqual([true, true])
  expect(signer.isTimeToken(1_001, token)).toBe(false)
  expect(signer.isTimeToken(1_000, '')).toBe(false)
  expect(makeSigner(other).isTimeToken(1_000, token)).toBe(false)
})
