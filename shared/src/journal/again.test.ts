import { anEntry, mathLesson } from '../testing/small-school'
import { againDraft, chooseDraft, lostCells } from './again'
import { makeEntry } from './build'
import type { FoldRules } from './capacity'
import type { Entry } from './entry'
import { overlay, type OwnEntry } from './overlay'
import type { ProjectedSheet } from './project'

const rules: FoldRules = {
  reasonIsHomerooms: true,
  askSameAuthor: true,
  askAboutSubstitute: false,
  tolerance: 120_000,
}
const cell = 'mark:answer:s1'
const at = Date.parse('2026-09-16T06:40:00Z')
const theirs = anEntry({ cell, value: '3', author: 't2', at: at + 600_000 })
const mine = anEntry({ cell, value: '5', at })

function pulled(
  value: string,
  made: number,
  capacity: 'teacher' | 'assignee',
  author = 't2',
): ProjectedSheet {
  const head = { id: theirs.id, author, capacity, made, rank: capacity === 'assignee' ? 3 : 2, value }
  return {
    id: mathLesson,
    version: 1,
    epoch: 'e',
    own: {},
    cells: { [cell]: { value, version: 1, heads: [head], times: 1 } },
  }
}
const own = (entry: Entry): OwnEntry => ({ entry, receipt: null, capacity: 'assignee' })
const writer = { db: mine.db, author: 't1', device: 'tablet1', n: 900, made: mine.made }

describe('setting a superseded value again', () => {
  const lost = overlay(mathLesson, pulled('3', at + 600_000, 'assignee'), [own(mine)], rules)

  test('C4 names the cell, both values and who holds', () => {
    expect(lostCells(mine, lost)).toMatchObject([{ cell, mine: '5', winner: { author: 't2', value: '3' } }])
  })

  test('C4 it holds on top of all heads, and nothing is lost any more', () => {
    const draft = againDraft(mine, lost)
    expect(draft).toMatchObject({ kind: 'set-mark', set: [{ cell, value: '5' }] })
    const again = makeEntry(draft ?? chooseDraft('', '', null), lost, writer)
    expect(again.changes[0]?.base).toHaveLength(2)
    const after = overlay(mathLesson, pulled('3', at + 600_000, 'assignee'), [own(mine), own(again)], rules)
    expect(after.cells[cell]?.value).toBe('5')
    expect(after.own[mine.id]?.standing).toEqual({ is: 'replaced' })
  })

  test('equal values lose nothing', () => {
    const alike = overlay(mathLesson, pulled('5', at + 600_000, 'assignee'), [own(mine)], rules)
    expect(againDraft(mine, alike)).toBeNull()
  })

  test('what holds is not lost, nor what somebody who saw it wrote over', () => {
    const held = overlay(mathLesson, null, [own(mine)], rules)
    expect(lostCells(mine, held)).toEqual([])
    const over = anEntry({ cell, value: '2', author: 't2', base: [mine.id] })
    expect(lostCells(mine, overlay(mathLesson, null, [own(mine), own(over)], rules))).toEqual([])
  })

  test('a cell that is not shown, or shown without its heads, has nothing to lose', () => {
    expect(lostCells(mine, overlay(mathLesson, null, [], rules))).toEqual([])
    const bare = { ...pulled('3', at, 'assignee'), cells: { [cell]: { value: '3', version: 1 } } }
    expect(lostCells(mine, overlay(mathLesson, bare, [], rules))).toEqual([])
  })

  test('of several cells only the lost ones are set again', () => {
    const both = anEntry({
      at,
      changes: [
        { cell, value: '5', base: [] },
        { cell: 'mark:answer:s2', value: '4', base: [] },
      ],
    })
    const shown = overlay(mathLesson, pulled('3', at + 600_000, 'assignee'), [own(both)], rules)
    expect(againDraft(both, shown)).toEqual({
      sheet: mathLesson,
      kind: 'set-mark',
      set: [{ cell, value: '5' }],
    })
  })

  test('a lost undo is set again as an undo, a lost choice too', () => {
    const undo = anEntry({ cell, value: '5', kind: 'choose', at })
    const shown = overlay(mathLesson, pulled('3', at + 600_000, 'assignee'), [own(undo)], rules)
    expect(againDraft(undo, shown)?.kind).toBe('undo')
  })
})

test('C5 a choice is made on all the heads of the contested cell', () => {
  const contested = overlay(mathLesson, pulled('3', at + 1000, 'assignee', 't1'), [own(mine)], rules)
  expect(contested.cells[cell]?.contested).toBe(true)
  expect(lostCells(mine, contested)).toEqual([])
  const chosen = makeEntry(chooseDraft(mathLesson, cell, '5'), contested, writer)
  expect(new Set(chosen.changes[0]?.base)).toEqual(new Set([mine.id, theirs.id]))
})
