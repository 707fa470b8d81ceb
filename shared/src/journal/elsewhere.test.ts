import { mathLesson } from '../testing/small-school'
import { must } from '../plain/must'
import { lessonCells } from './kinds/lesson-cells'
import type { ShownSheet } from './overlay'
import type { Head } from './sheet'
import { madeElsewhere } from './elsewhere'

const id = 'e'.repeat(43)
const by = 'w'.repeat(43)

function head(over: Partial<Head>): Head {
  return { id, author: 't1', capacity: 'assignee', made: 5, rank: 3, value: null, ...over }
}

function shownWith(cells: Record<string, Head[]>): ShownSheet {
  const standing = { is: 'superseded' as const, cell: Object.keys(cells)[0] ?? '', by }
  return {
    id: mathLesson,
    cells: Object.fromEntries(
      Object.entries(cells).map(([cell, heads]) => [
        cell,
        { value: heads[0]?.value ?? null, heads, contested: false, times: heads.length, onDevice: false },
      ]),
    ),
    own: { [id]: { standing, state: 'at-school' } },
  }
}

describe('C4 an own entry that another device made', () => {
  const winner = head({ id: by, author: 't2', value: '3', made: 9 })

  test('is told of by the heads: its cells, its values, its author and when', () => {
    const [told] = madeElsewhere(shownWith({ 'mark:answer:s1': [winner, head({ value: '5' })] }), [id])
    expect(told).toEqual({
      id,
      sheet: mathLesson,
      kind: 'set-mark',
      author: 't1',
      made: 5,
      changes: [{ cell: 'mark:answer:s1', value: '5' }],
      standing: { is: 'superseded', cell: 'mark:answer:s1', by },
    })
  })

  test('was made when the latest of its heads was', () => {
    const shown = shownWith({ topic: [winner, head({ made: 7 })], taken: [winner, head({ made: 5 })] })
    expect(madeElsewhere(shown, [id])[0]?.made).toBe(7)
  })

  test('of which the sheet does not say what became is not told of', () => {
    const shown = { ...shownWith({ topic: [winner, head({})] }), own: {} }
    expect(madeElsewhere(shown, [id])).toEqual([])
  })

  test('that is a head nowhere has nothing to set again', () => {
    expect(madeElsewhere(shownWith({ 'mark:answer:s1': [winner] }), [id])).toEqual([])
  })

  test.each([
    ['fact and reason of an absence', ['absence:s1', 'reason:s1'], 'set-attendance'],
    ['the topic', ['topic'], 'set-topic'],
    ['attendance taken', ['taken'], 'set-attendance'],
    ['a mark', ['mark:w:s1'], 'set-mark'],
    ['a work', ['column:w'], 'set-column'],
    ['homework', ['homework'], 'set-homework'],
    ['a remark', ['remark:s1:r'], 'set-remark'],
    ['a cell that this version does not know', ['seat:s1'], 'undo'],
    ['cells of two kinds, which only an undo may set together', ['topic', 'mark:answer:s1'], 'undo'],
  ])('is set again as a kind that its cells allow: %s', (_what, cells, kind) => {
    const shown = shownWith(Object.fromEntries(cells.map((cell) => [cell, [winner, head({ value: null })]])))
    const [told] = madeElsewhere(shown, [id])
    expect(told?.kind).toBe(kind)
    expect(told?.changes.map(({ cell }) => cell)).toEqual(cells)
  })

  // A cell that is forgotten would be set again as an undo: no kind of its own, and no words for it.
  test.each(lessonCells.map(({ pattern }) => must(/^\^([a-z]+)/.exec(pattern.source)?.[1], pattern.source)))(
    'has a kind of its own for each cell of a lesson: %s',
    (word) => {
      const [told] = madeElsewhere(shownWith({ [`${word}:x`]: [winner, head({})] }), [id])
      expect(told?.kind).toMatch(/^set-/)
    },
  )
})
