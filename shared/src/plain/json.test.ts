import { canonicalJson, hashOf } from './hash'
import { isJsonObject, travelsUnchanged, wellFormed } from './json'

test.each<[string, unknown, boolean]>([
  ['plain JSON', { a: [1, 'ё', null, true, { b: '🎄' }] }, true],
  ['half a surrogate pair', { a: ['\ud800'] }, false],
  ['one in a key', { '\udc00': 1 }, false],
  ['an own key __proto__', JSON.parse('{"__proto__":1}'), false],
  ['an ordinary object, which has a prototype', {}, true],
  ['something deep', Array.from({ length: 20 }).reduce((inner) => [inner], 1), false],
  ['something large', Array.from({ length: 30_000 }, () => 0), false],
])('%s travels unchanged or not', (_what, value, says) => expect(travelsUnchanged(value)).toBe(says))

test('texts are put in the one spelling that travels', () => {
  expect(wellFormed({ text: 'и\u0306', list: ['\ud83c', 5, null] })).toEqual({
    text: 'й',
    list: ['\uFFFD', 5, null],
  })
})

test('RFC 8785: one spelling, whatever the order of keys, the sign of zero or the form of a number', () => {
  expect(canonicalJson({ b: 1, a: [-0, 1e21, 0.1] })).toBe('{"a":[0,1e+21,0.1],"b":1}')
  expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }))
  expect(hashOf({ a: 1 })).toMatch(/^[\w-]{43}$/)
})

test('half a surrogate pair hashes alike before and after a wire', () => {
  expect(hashOf(JSON.parse(JSON.stringify({ a: '\ud800' })))).toBe(hashOf({ a: '\ud800' }))
})

test('an array and null are no objects', () => {
  expect([{}, [], null, 'x', undefined].map(isJsonObject)).toEqual([true, false, false, false, false])
})
