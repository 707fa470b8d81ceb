import { reachable, weigh } from './ancestry'

type Given = Record<string, { base?: string[]; own?: [rank: number, made: number] }>
const nodesOf = (given: Given) =>
  new Map(
    Object.entries(given).map(([id, { base = [], own }]) => [
      id,
      { base, own: own ? { rank: own[0], made: own[1] } : null },
    ]),
  )
const weights = (given: Given) =>
  Object.fromEntries([...weigh(nodesOf(given))].map(([id, { rank, made }]) => [id, [rank, made]]))

test('C2 everything behind an entry can be reached from it, itself too; an unknown one leads nowhere', () => {
  const nodes = nodesOf({ a: {}, b: { base: ['a'] }, c: { base: ['b', 'x'] }, d: { base: ['a'] } })
  expect([...reachable(['c'], nodes)].sort()).toEqual(['a', 'b', 'c', 'x'])
  expect([...reachable(['d', 'b'], nodes)].sort()).toEqual(['a', 'b', 'd'])
  expect(reachable([], nodes).size).toBe(0)
})

describe('C4 the weight of an entry', () => {
  test('is its own, where it has seen nothing', () => {
    expect(weights({ a: { own: [3, 0] }, b: { own: [0, 5] } })).toEqual({ a: [3, 0], b: [0, 5] })
  })
  test('is the highest rank behind it, and a moment after the latest', () => {
    const seen = { a: { own: [4, 10] }, b: { own: [1, 20] } } satisfies Given
    expect(weights({ ...seen, c: { base: ['a', 'b'], own: [2, 5] } }).c).toEqual([4, 21])
    expect(weights({ ...seen, c: { base: ['b', 'a'], own: [5, 30] } }).c).toEqual([5, 30])
    expect(weights({ c: { base: ['b', 'a'], own: [2, 5] }, ...seen }).c).toEqual([4, 21])
  })
  test('passes through an entry that is not admitted, which adds nothing, not even a moment', () => {
    const given: Given = { a: { own: [3, 10] }, b: { base: ['a'] }, c: { base: ['b'], own: [1, 1] } }
    expect(weights(given)).toEqual({ a: [3, 10], b: [3, 10], c: [3, 11] })
    expect(weights({ b: {}, c: { base: ['b'], own: [1, 0] } })).toEqual({ b: [0, -1], c: [1, 0] })
  })
  test('is not moved by a base that has not arrived', () => {
    expect(weights({ c: { base: ['x'], own: [2, 5] } })).toEqual({ c: [2, 5] })
  })
  test('where ways part and meet again, counts each entry once', () => {
    const given: Given = {
      d: { base: ['b', 'c'], own: [1, 0] },
      c: { base: ['a'], own: [1, 0] },
      b: { base: ['a'], own: [1, 0] },
      a: { own: [2, 7] },
    }
    expect(weights(given)).toEqual({ a: [2, 7], b: [2, 8], c: [2, 8], d: [2, 9] })
  })
  test('is found in a ring too, which no honest hash can make: the search ends', () => {
    const ring: Given = { a: { base: ['b'], own: [1, 1] }, b: { base: ['a'], own: [1, 1] } }
    expect(Object.keys(weights(ring)).sort()).toEqual(['a', 'b'])
    expect([...reachable(['a'], nodesOf(ring))].sort()).toEqual(['a', 'b'])
  })
})
