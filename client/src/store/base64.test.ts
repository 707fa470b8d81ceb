import * as fc from 'fast-check'
import { fromBase64, fromBase64ByText, toBase64, toBase64ByText } from './base64'

test('bytes come back as they were, by whichever way they went', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(toBase64ByText(bytes)).toBe(text)
      expect([...fromBase64(text)]).toEqual([...bytes])
      expect([...fromBase64ByText(text)]).toEqual([...bytes])
    }),
  )
})

test('a body longer than the stack is deep goes through', () => {
  const bytes = new Uint8Array(300_000).map((_, i) => i % 251)
  expect(fromBase64ByText(toBase64ByText(bytes))).toEqual(bytes)
})

test('what is no base64 is refused', () => {
  expect(() => fromBase64('не то')).toThrow(/character|encoded/)
})
