import { directoryOf } from '../people/directory'
import { sectionsOfChild, viewerOf } from '../people/viewer'
import { must } from '../plain/must'
import { cellsOfSmallSchool, db, smallSchool, salt } from '../testing/small-school'
import type { SheetDocument } from './document'
import { project } from './project'

/** The roster of 5А as the store keeps it. */
function rosterDocument(): SheetDocument {
  const cells = Object.entries(must(cellsOfSmallSchool['roster:c5a'], 'roster')).map(([cell, value]) => [
    cell,
    { value, heads: [], contested: false, times: 1, version: 1 },
  ])
  return {
    _id: 'roster:c5a',
    type: 'roster',
    db,
    version: 1,
    epoch: 'e',
    fold: 1,
    links: [],
    texts: {},
    cells: Object.fromEntries(cells),
    standings: {},
    waiting: false,
  }
}

describe('a guardian with two children in one class', () => {
  const name = { last: 'Абрамова', first: 'Светлана', middle: '', salt }
  const directory = smallSchool({ 'families:c5a': { 'guardian:g1': { name, children: ['s1', 's3'] } } })

  test('DIA-13 each child keeps its own subgroup on the family’s device', () => {
    const projected = must(
      project(rosterDocument(), viewerOf('g1', '2026-09-16', directory), directory),
      'roster',
    )
    const seen = directoryOf([projected])
    expect(sectionsOfChild('s1', seen)).toEqual(['e5a', 'm5'])
    expect(sectionsOfChild('s3', seen)).toEqual(['e5b', 'm5'])
  })

  test('ACC-19 no other family’s child is named in a subgroup', () => {
    const projected = project(rosterDocument(), viewerOf('g2', '2026-09-16', directory), directory)
    expect(JSON.stringify(projected)).not.toContain('s1')
    expect(JSON.stringify(projected)).not.toContain('s3')
    expect(JSON.stringify(projected)).toContain('"members":["s2"]')
  })
})
