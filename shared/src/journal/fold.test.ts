import { foldRules, wrote } from '../testing/folding'
import { salt } from '../testing/small-school'
import type { Json } from '../plain/json'
import { must } from '../plain/must'
import { fold, sameValue, type Admitted } from './fold'
import { out, waitingFor } from './receipt'

const cell = 'mark:answer:s1'
const folded = (entries: Admitted[], rules = foldRules()) => {
  const { cells, standings } = fold(entries, rules)
  return {
    cell: cells[cell],
    is: Object.fromEntries(Object.entries(standings).map(([id, standing]) => [id, standing.is])),
  }
}
const holds = (entries: Admitted[], rules = foldRules()) => must(folded(entries, rules).cell, cell).value

describe('C1 order and repetition change nothing', () => {
  const entries = [wrote('a'), wrote('b', { base: ['a'], made: 5 }), wrote('c', { base: ['a'], made: 9 })]
  test('backwards, and twice over', () => {
    expect(fold([...entries].reverse(), foldRules())).toEqual(fold(entries, foldRules()))
    expect(fold([...entries, ...entries], foldRules())).toEqual(fold(entries, foldRules()))
  })
  test('to the letter: cells and entries stand in the order of their names', () => {
    const mixed = [
      wrote('b', { cell: 'topic' }),
      wrote('c'),
      wrote('a', { cell: 'homework' }),
      wrote('e', { cell: 'absence:s1' }),
      wrote('d'),
    ]
    const { cells, standings } = fold(mixed, foldRules())
    expect([Object.keys(cells), Object.keys(standings)]).toEqual([
      ['absence:s1', 'homework', cell, 'topic'],
      ['a', 'b', 'c', 'd', 'e'],
    ])
    expect(JSON.stringify(fold([...mixed].reverse(), foldRules()))).toBe(
      JSON.stringify(fold(mixed, foldRules())),
    )
  })
})

describe('C2 seen', () => {
  test('through entries between, whatever became of them', () => {
    const chain = [
      wrote('a', { made: 9000 }),
      wrote('b', { base: ['a'], admission: out('forbidden-value') }),
      wrote('c', { base: ['b'] }),
    ]
    expect(folded(chain).is).toEqual({ a: 'replaced', b: 'out', c: 'holds' })
  })
  test('an unknown base counts as unseen until it arrives', () => {
    const late = wrote('c', { base: ['b'], made: 1 })
    expect(holds([wrote('a', { made: 2 }), late])).toBe('a')
    expect(holds([wrote('a', { made: 2 }), late, wrote('b', { base: ['a'] })])).toBe('c')
  })
})

describe('C3 heads', () => {
  test('one head holds: causality beats clocks', () => {
    expect(holds([wrote('a', { made: 9000 }), wrote('b', { base: ['a'], made: 1 })])).toBe('b')
  })
  test('what is not admitted is no candidate', () => {
    const entries = [wrote('a'), wrote('b', { base: ['a'], admission: waitingFor('right') })]
    expect(folded(entries)).toMatchObject({
      cell: { value: 'a', times: 1 },
      is: { a: 'holds', b: 'waiting' },
    })
  })
  test('a cell that nobody was admitted to is not there', () => {
    expect(folded([wrote('a', { admission: out('backdating') })]).cell).toBeUndefined()
  })
})

describe('C4 several heads', () => {
  test('the higher rank holds, the other is superseded and kept', () => {
    const entries = [
      wrote('a', { as: 'teacher', made: 9000 }),
      wrote('b', { as: 'assignee', author: 't3', made: 1 }),
    ]
    expect(folded(entries)).toMatchObject({
      cell: { value: 'b', heads: [{ id: 'b' }, { id: 'a' }], contested: false },
    })
    expect(fold(entries, foldRules()).standings.a).toEqual({ is: 'superseded', cell, by: 'b' })
  })
  test('of one rank the latest made holds, and of one moment the greater id', () => {
    expect(holds([wrote('a', { made: 2 }), wrote('b', { made: 1 })])).toBe('a')
    expect(holds([wrote('a'), wrote('b')])).toBe('b')
  })
  test('a head inherits rank and time of its admitted ancestors', () => {
    const deputys = [
      wrote('a', { as: 'deputy' }),
      wrote('b', { base: ['a'], as: 'teacher' }),
      wrote('c', { as: 'assignee', made: 9000 }),
    ]
    expect(holds(deputys)).toBe('b')
    const late = [
      wrote('a', { made: 9000 }),
      wrote('b', { base: ['a'], made: 1 }),
      wrote('c', { made: 5000 }),
    ]
    expect(holds(late)).toBe('b')
    const refused = [
      wrote('a', { made: 9000, admission: waitingFor('right') }),
      wrote('b', { base: ['a'], made: 1 }),
      wrote('c', { made: 5000 }),
    ]
    expect(holds(refused)).toBe('c')
  })
  test('an entry on top of what holds, holds, though made in the same moment under a smaller id', () => {
    expect(holds([wrote('m', { value: 'm' }), wrote('k')])).toBe('m')
    expect(holds([wrote('m', { value: 'm' }), wrote('k'), wrote('b', { base: ['m'] })])).toBe('b')
  })
  test('equal values do not conflict: both hold', () => {
    expect(folded([wrote('a', { value: '5' }), wrote('b', { value: '5' })]).is).toEqual({
      a: 'holds',
      b: 'holds',
    })
  })
  test('a long chain folds without a deep stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      wrote(`e${i}`, { base: i > 0 ? [`e${i - 1}`] : [] }),
    )
    expect(must(folded(chain).cell, cell)).toMatchObject({
      value: 'e19999',
      heads: [{ id: 'e19999' }],
      times: 20_000,
    })
  })
})

describe('C5 asked, where the policy asks', () => {
  const asking = foldRules({ askSameAuthor: true })
  const near = [wrote('a', { made: 0 }), wrote('b', { made: 70_000 })]
  test('SCN-16 two devices of one author 70 seconds apart', () => {
    expect(folded(near, asking)).toMatchObject({
      cell: { contested: true },
      is: { a: 'contested', b: 'contested' },
    })
    expect(folded(near).is).toEqual({ a: 'superseded', b: 'holds' })
  })
  test('POL-M07 at the tolerance itself it still asks', () => {
    expect(folded([wrote('a', { made: 0 }), wrote('b', { made: 120_000 })], asking).is).toEqual({
      a: 'contested',
      b: 'contested',
    })
  })
  test('beyond the tolerance the later holds', () => {
    expect(folded([wrote('a', { made: 0 }), wrote('b', { made: 120_001 })], asking).is).toEqual({
      a: 'superseded',
      b: 'holds',
    })
  })
  test('two authors are ranked, not asked', () => {
    expect(folded([wrote('a'), wrote('b', { author: 't3' })], asking).is).toEqual({
      a: 'superseded',
      b: 'holds',
    })
  })
  test('assignee and teacher are a deputy’s to decide, where the policy says so', () => {
    const both = [wrote('a', { as: 'teacher', made: 9000 }), wrote('b', { as: 'assignee', author: 't3' })]
    expect(folded(both, foldRules({ askAboutSubstitute: true })).is).toEqual({
      a: 'contested',
      b: 'contested',
    })
  })
  test('two whom no substitution brought together are ranked all the same', () => {
    const about = foldRules({ askAboutSubstitute: true })
    for (const as of ['homeroom', 'deputy'] as const) {
      const both = [wrote('a', { as: 'assignee' }), wrote('b', { as, author: 't2' })]
      expect(folded(both, about).cell?.contested).toBe(false)
      const withTeacher = [wrote('a', { as: 'teacher' }), wrote('b', { as, author: 't2' })]
      expect(folded(withTeacher, about).cell?.contested).toBe(false)
    }
    expect(
      folded([wrote('a', { as: 'teacher' }), wrote('b', { as: 'teacher', author: 't2' })], about).is,
    ).toEqual({ a: 'superseded', b: 'holds' })
  })
  test('a value that is the same is no conflict, however near', () => {
    const alike = [wrote('a', { made: 0, value: '5' }), wrote('b', { made: 1000, value: '5' })]
    expect(folded(alike, asking)).toMatchObject({
      cell: { contested: false },
      is: { a: 'holds', b: 'holds' },
    })
  })
  test('a third that neither would have kept is superseded; one that agrees is contested with them', () => {
    const others = [
      wrote('h', { as: 'homeroom', author: 't2' }),
      wrote('z', { author: 't4', made: 0, value: 'b' }),
    ]
    expect(folded([...near, ...others], asking).is).toEqual({
      a: 'contested',
      b: 'contested',
      h: 'superseded',
      z: 'contested',
    })
  })
  test('a choice whose base is all the heads settles it', () => {
    const settled = [...near, wrote('c', { value: 'a', base: ['a', 'b'], as: 'deputy' })]
    expect(folded(settled, asking)).toMatchObject({
      cell: { value: 'a', contested: false },
      is: { a: 'replaced', b: 'replaced', c: 'holds' },
    })
  })
})

describe('C7, C8', () => {
  test('removing hides, and what is under it is kept', () => {
    const column = { type: 'control', title: null, weight: 1 }
    const { cells } = fold(
      [
        wrote('a', { cell: 'column:w', value: column }),
        wrote('m', { cell: 'mark:w:s1', value: '5' }),
        wrote('b', { cell: 'column:w', value: null, base: ['a'] }),
      ],
      foldRules(),
    )
    expect([cells['column:w']?.value, cells['mark:w:s1']?.value]).toEqual([null, '5'])
  })
  test('fact and reason of an absence are two cells: neither overwrites the other (OFF-08)', () => {
    const { standings } = fold(
      [
        wrote('f', { cell: 'absence:s1', value: 'late' }),
        wrote('r', { cell: 'reason:s1', value: 'ill', as: 'homeroom' }),
      ],
      foldRules(),
    )
    expect(standings).toEqual({ f: { is: 'holds' }, r: { is: 'holds' } })
  })
  test('an undo is an entry on top, and both stay', () => {
    const undone = [
      wrote('a', { value: '5' }),
      wrote('b', { value: '4', base: ['a'] }),
      wrote('u', { value: '5', base: ['b'] }),
    ]
    expect(folded(undone)).toMatchObject({
      cell: { value: '5', times: 3 },
      is: { a: 'replaced', b: 'replaced', u: 'holds' },
    })
  })
})

describe('an entry of several cells stands as its worst cell', () => {
  const asking = foldRules({ askSameAuthor: true })
  const set = (id: string, cells: string[], over: Parameters<typeof wrote>[1] = {}): Admitted => ({
    ...wrote(id, over),
    changes: cells.map((name) => ({ cell: name, value: id, base: over.base ?? [] })),
  })
  const standing = (...entries: Admitted[]) => fold(entries, asking).standings.a

  test('superseded in one and holding in another', () => {
    expect(standing(set('a', [cell, 'topic']), wrote('b', { made: 2000, author: 't3' }))).toEqual({
      is: 'superseded',
      cell,
      by: 'b',
    })
  })
  test('contested goes before superseded', () => {
    const rival = wrote('b', { made: 2000 })
    const winner = wrote('c', { cell: 'topic', made: 2000, author: 't3' })
    expect(standing(set('a', [cell, 'topic']), rival, winner)).toEqual({ is: 'contested', cell })
  })
  test('holding in one goes before replaced in another', () => {
    expect(standing(set('a', [cell, 'topic']), wrote('b', { base: ['a'] }))).toEqual({ is: 'holds' })
    expect(standing(set('a', [cell, 'topic']), set('b', [cell, 'topic'], { base: ['a'] }))).toEqual({
      is: 'replaced',
    })
  })
  test('of two alike it names the first by name', () => {
    const both = [
      wrote('b', { made: 2000, author: 't3' }),
      wrote('c', { cell: 'topic', made: 2000, author: 't3' }),
    ]
    expect(standing(set('a', ['topic', cell]), ...both)).toEqual({ is: 'superseded', cell, by: 'b' })
  })
})

test('two texts are alike whatever their salt', () => {
  expect(sameValue({ text: 'Дроби', salt }, { text: 'Дроби', salt: 'B'.repeat(22) })).toBe(true)
  expect(
    sameValue({ to: 'staff', text: { text: 'x', salt } }, { to: 'family', text: { text: 'x', salt } }),
  ).toBe(false)
  expect(sameValue([{ text: 'x', salt }], [{ text: 'x', salt: 'B'.repeat(22) }])).toBe(true)
  const pairs: [Json, Json][] = [
    [null, '5'],
    ['5', '4'],
    ['5', { none: true }],
    [{ none: true }, null],
    [['a'], ['b']],
    [['a'], { 0: 'a' }],
    [
      { text: 'x', salt },
      { text: 'y', salt },
    ],
  ]
  expect(pairs.filter(([a, b]) => sameValue(a, b) || sameValue(b, a))).toEqual([])
  expect([sameValue('5', '5'), sameValue(null, null), sameValue(['a'], ['a'])]).toEqual([true, true, true])
})
