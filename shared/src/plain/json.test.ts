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

test('an array and null are no objects', () => {
  expect([{}, [], null, 'x', undefined].map(isJsonObject)).toEqual([true, false, false, false, false])
})
