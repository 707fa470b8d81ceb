import { anEntry, db, smallSchoolSheets } from '../testing/small-school'
import type { Json } from '../plain/json'
import { appendEntry, type Ledger } from './ledger'
import { documentOf } from './document'
import { foldRulesOf } from './capacity'
import { formerDirectories, formerSheets, judgeInGrace } from './grace'
import { admitted, waitingFor, type Receipt } from './receipt'
import { defaultPolicy } from '../policy/policy'
import { directoryOf, type DirectorySheet } from '../people/directory'

const sheet = 'roster:c5a'

function sectionOf(teacher: string | null): Json {
  return { subject: 'math', name: 'Математика', short: 'Матем.', group: null, teacher, members: null }
}

/** A roster in which the section was given to one after another at these moments. */
function rosterOf(given: [teacher: string, judged: number][]) {
  let ledger: Ledger = { links: [], texts: {} }
  let base: string[] = []
  for (const [teacher, judged] of given) {
    const entry = anEntry({
      sheet,
      kind: 'keep-directory',
      cell: 'section:m5',
      value: sectionOf(teacher),
      base,
    })
    base = [entry.id]
    ledger = appendEntry(ledger, entry, receiptAt(entry.id, judged))
  }
  return documentOf({ db, sheet, epoch: 'e' }, ledger, foldRulesOf(defaultPolicy), 7, null)
}

function receiptAt(entry: string, judged: number): Receipt {
  const made = { from: judged, to: judged }
  const by = { rules: 1, directory: {} }
  const place = { db, sheet, epoch: 'e', received: judged, judged, made, by, signature: '' }
  return { ...place, entry, capacity: 'office', admission: admitted }
}

const teacherIn = ({ cells }: DirectorySheet) =>
  (cells['section:m5']?.value as { teacher: string } | null)?.teacher

describe('A3 what a sheet said before it was changed', () => {
  const doc = rosterOf([
    ['t1', 1_000],
    ['t3', 50_000],
    ['t4', 55_000],
  ])

  it('is read out of its ledger, one former state for each change since, the newest first', () => {
    expect(formerSheets(doc, 40_000).map(({ until, sheet: then }) => [until, teacherIn(then)])).toEqual([
      [55_000, 't3'],
      [50_000, 't1'],
    ])
  })

  it('is nothing where nothing changed since, and an empty sheet before the first change', () => {
    expect(formerSheets(doc, 55_000)).toEqual([])
    expect(formerSheets(doc, 0).at(-1)).toMatchObject({ until: 1_000, sheet: { cells: {}, version: 0 } })
  })

  it('several changes of one moment leave one former state', () => {
    const both = rosterOf([
      ['t1', 1_000],
      ['t3', 50_000],
      ['t4', 50_000],
    ])
    expect(formerSheets(both, 40_000).map(({ sheet: then }) => teacherIn(then))).toEqual(['t1'])
  })
})

describe('A3 what a sheet said then', () => {
  const every = Array.from({ length: 25 }, (_, i): [string, number] => [`t${i}`, 1_000 + i])

  it('bears the version at which what has stood since came to stand', () => {
    const kept = anEntry({ sheet, kind: 'keep-directory', cell: 'student:s1', value: null })
    const changed = anEntry({ sheet, kind: 'keep-directory', cell: 'section:m5', value: sectionOf('t1') })
    const before = appendEntry({ links: [], texts: {} }, kept, receiptAt(kept.id, 1_000))
    const then = documentOf({ db, sheet, epoch: 'e' }, before, foldRulesOf(defaultPolicy), 3, null)
    const ledger = appendEntry(before, changed, receiptAt(changed.id, 50_000))
    const now = documentOf({ db, sheet, epoch: 'e' }, ledger, foldRulesOf(defaultPolicy), 7, then)
    expect(formerSheets(now, 40_000)).toMatchObject([{ until: 50_000, sheet: { id: sheet, version: 3 } }])
  })

  it('is asked for the newest twenty changes, no more', () => {
    const formers = formerSheets(rosterOf(every), 0)
    expect(formers.map(({ until }) => until)).toEqual(
      every
        .map(([, judged]) => judged)
        .reverse()
        .slice(0, 20),
    )
    const alone = new Map([[sheet, { id: sheet, version: 1, cells: {} }]])
    const many = every.map(([, until]) => ({ until, sheet: { id: sheet, version: 0, cells: {} } }))
    const directories = formerDirectories(alone, many)
    expect(directories.map(({ until }) => until)).toEqual(formers.map(({ until }) => until))
  })
})

describe('A3 former directories', () => {
  const sheets = new Map(smallSchoolSheets().map((one) => [one.id, one]))
  const before = (id: string, cell: string, value: Json): DirectorySheet => ({
    id,
    version: 0,
    cells: { ...sheets.get(id)?.cells, [cell]: { value } },
  })

  it('undo the changes of all sheets, from the newest on', () => {
    const found = formerDirectories(sheets, [
      { until: 50, sheet: before(sheet, 'section:m5', sectionOf('t3')) },
      { until: 80, sheet: before('roster:c1b', 'section:m1', sectionOf('t4')) },
      { until: 30, sheet: before(sheet, 'section:m5', sectionOf('t2')) },
    ])
    expect(
      found.map(({ until, directory: { sections } }) => [
        until,
        sections.get('m5')?.teacher,
        sections.get('m1')?.teacher,
      ]),
    ).toEqual([
      [80, 't1', 't4'],
      [50, 't3', 't4'],
      [30, 't2', 't4'],
    ])
  })

  it('what two sheets said until the same moment is one directory', () => {
    const found = formerDirectories(sheets, [
      { until: 50, sheet: before(sheet, 'section:m5', sectionOf('t3')) },
      { until: 50, sheet: before('roster:c1b', 'section:m1', sectionOf('t4')) },
    ])
    expect(found).toHaveLength(1)
    expect(found[0]?.directory.sections.get('m5')?.teacher).toBe('t3')
    expect(found[0]?.directory.sections.get('m1')?.teacher).toBe('t4')
  })
})

describe('A3 a judgement within the grace', () => {
  const [newest, former, older] = [directoryOf([]), directoryOf([]), directoryOf([])]
  const admits = (...by: object[]) => {
    const asked: object[] = []
    const judgement = judgeInGrace(
      newest,
      () => [former, older],
      (directory) => {
        asked.push(directory)
        return { admission: by.includes(directory) ? admitted : waitingFor('right') }
      },
    )
    return { ...judgement, asked: asked.length }
  }

  it('is the newest directory’s where that admits: nobody asks a former one', () => {
    expect(admits(newest, former)).toMatchObject({ admission: admitted, directory: newest, asked: 1 })
  })

  it('is the newest former one’s that admits, where the newest does not', () => {
    const { admission, directory } = admits(former, older)
    expect(admission).toEqual(admitted)
    expect(directory).toBe(former)
    expect(admits(older).directory).toBe(older)
  })

  it('is the newest directory’s where none admits', () => {
    const { admission, directory } = admits()
    expect(admission).toEqual(waitingFor('right'))
    expect(directory).toBe(newest)
  })
})
