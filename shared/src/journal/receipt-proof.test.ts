import * as fc from 'fast-check'
import { hashOf } from '../plain/hash'
import { must } from '../plain/must'
import { aReceipt } from '../testing/receipts'
import { examples } from '../testing/property-runs'
import { anEntry } from '../testing/small-school'
import { waitingFor, type Receipt, type UnsignedReceipt } from './receipt'
import { batchOf, isSameReceipt, receiptHash, rootOf, sealReceipts, signedText } from './receipt-proof'

const sign = (text: string) => `signed ${text}`
const isSigned = (receipt: Receipt) => receipt.signature === sign(signedText(rootOf(receipt)))

function unsigned(received: number): UnsignedReceipt {
  const { signature: _signature, ...receipt } = aReceipt(anEntry(), { received })
  return receipt
}
const batch = (size: number) => Array.from({ length: size }, (_, i) => unsigned(i))

test('O2 each receipt of a batch proves itself alone, whatever the size of the batch', () => {
  for (let size = 1; size <= 33; size++) {
    const sealed = sealReceipts(batch(size), sign)
    expect(new Set(sealed.map(({ signature }) => signature)).size).toBe(1)
    // As it comes back from a wire, years later.
    for (const receipt of sealed) expect(isSigned(JSON.parse(JSON.stringify(receipt)) as Receipt)).toBe(true)
    const steps = Math.ceil(Math.log2(size))
    for (const { path = [] } of sealed) expect(path.length).toBeLessThanOrEqual(steps)
  }
})

test('O2 the tree is one that any other program can build: pairs in their order, an odd one as it is', () => {
  const node = (left: string, right: string) => hashOf({ node: [left, right] })
  expect(batchOf(['a']).root).toBe('a')
  expect(batchOf(['a', 'b', 'c'])).toEqual({
    root: node(node('a', 'b'), 'c'),
    paths: [['rb', 'rc'], ['la', 'rc'], [`l${node('a', 'b')}`]],
  })
  expect(batchOf(['a', 'b', 'c', 'd']).root).toBe(node(node('a', 'b'), node('c', 'd')))
  expect(signedText('x')).toBe('{"receipts":"x"}')
})

test('O2 what is signed is the content of a receipt, not what was added to it on the way', () => {
  const receipt = unsigned(0)
  expect(receiptHash(receipt)).toBe(hashOf({ leaf: receipt }))
  expect(receiptHash({ ...receipt, signature: 'x', path: ['l'] })).toBe(receiptHash(receipt))
})

test('O2 a receipt alone is signed without a way: nothing but its own hash is the root', () => {
  const only = unsigned(0)
  const receipt = must(sealReceipts([only], sign)[0], 'a receipt')
  expect(receipt).toEqual({ ...only, signature: sign(signedText(receiptHash(only))) })
  expect(sealReceipts([], sign)).toEqual([])
})

test('O2 no other content, no other place in the batch and no other way passes for it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), fc.nat(), fc.nat(), (size, one, other) => {
      const sealed = sealReceipts(batch(size), sign)
      const receipt = must(sealed[one % size], 'one')
      const neighbour = must(sealed[other % size], 'other')
      expect(isSigned({ ...receipt, admission: waitingFor('right') })).toBe(false)
      expect(isSigned({ ...receipt, received: receipt.received + 1 })).toBe(false)
      const path = receipt.path ?? []
      const turned = path.map((step) => (step.startsWith('l') ? `r${step.slice(1)}` : `l${step.slice(1)}`))
      expect(isSigned({ ...receipt, path: turned })).toBe(false)
      expect(isSigned({ ...receipt, path: path.slice(1) })).toBe(false)
      expect(isSigned({ ...receipt, path: [...path, `l${hashOf('more')}`] })).toBe(false)
      fc.pre(receipt !== neighbour)
      expect(isSigned({ ...receipt, path: neighbour.path ?? [] })).toBe(false)
    }),
    examples(100),
  )
})

test('A1 an entry’s receipt and its readmission, signed together, are not the same receipt', () => {
  const first = unsigned(1)
  const [before, after] = sealReceipts([first, { ...first, judged: 2 }], sign)
  expect(before?.signature).toBe(after?.signature)
  expect(isSameReceipt(before, after)).toBe(false)
  expect(isSameReceipt(before, JSON.parse(JSON.stringify(before)) as Receipt)).toBe(true)
  expect([isSameReceipt(null, null), isSameReceipt(before, null), isSameReceipt(null, after)]).toEqual([
    true,
    false,
    false,
  ])
})
