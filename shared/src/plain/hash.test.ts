import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { examples } from '../testing/property-runs'
import { canonicalJson, hashBy, hashOf } from './hash'

test('RFC 8785: one spelling, whatever the order of keys, the sign of zero or the form of a number', () => {
  expect(canonicalJson({ b: 1, a: [-0, 1e21, 0.1, 1e-7] })).toBe('{"a":[0,1e+21,0.1,1e-7],"b":1}')
  // The example of the RFC, section 3.2.3: keys in the order of UTF-16 code units.
  const keys = {
    '\u20ac': 'Euro',
    '\r': 'CR',
    '\ufb33': 'Dalet',
    '1': 'One',
    '\u{1F600}': 'Smiley',
    '\u0080': 'Control',
    '\u00f6': 'O',
  }
  const order = ['CR', 'One', 'Control', 'O', 'Euro', 'Smiley', 'Dalet']
  expect(Object.values(JSON.parse(canonicalJson(keys).replace('"1"', '"one"')) as object)).toEqual(order)
  expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}')
  expect(canonicalJson('\u2028"\\\n\u000f ёж 🎄')).toBe(JSON.stringify('\u2028"\\\n\u000f ёж 🎄'))
})

test('what is no JSON has no spelling', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, [undefined]]) {
    expect(() => canonicalJson(value)).toThrow('no JSON')
  }
})

test('a value reads back from its spelling, and spells alike before and after a wire', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const spelt = canonicalJson(value)
      expect(canonicalJson(JSON.parse(spelt))).toBe(spelt)
      expect(JSON.parse(spelt)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    examples(500),
  )
})

test('the hash is SHA-256 in base64url, as everybody else makes it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(hashOf(value)).toBe(createHash('sha256').update(canonicalJson(value)).digest('base64url'))
    }),
    examples(500),
  )
})

test('half a surrogate pair hashes alike before and after a wire', () => {
  expect(hashOf(JSON.parse(JSON.stringify({ a: '\ud800' })))).toBe(hashOf({ a: '\ud800' }))
})

test('a platform’s own SHA-256 may do the work, and nothing that is none', () => {
  const before = hashOf({ a: 'ёж' })
  hashBy((text) => createHash('sha256').update(text).digest('base64url'))
  expect(hashOf({ a: 'ёж' })).toBe(before)
  expect(() => hashBy((text) => createHash('md5').update(text).digest('base64url'))).toThrow('SHA-256')
  expect(hashOf({ a: 'ёж' })).toBe(before)
})
