import { foldRulesFor } from 'shared/journal/document'
import { madeElsewhere, type MadeElsewhere } from 'shared/journal/elsewhere'
import { addressOf, type EntryId } from 'shared/journal/ids'
import { overlay, type OwnEntry, type ShownSheet } from 'shared/journal/overlay'
import type { ProjectedSheet } from 'shared/journal/project'
import { isSameReceipt } from 'shared/journal/receipt-proof'
import type { Standing } from 'shared/journal/standing'
import { directoryOf, type Directory, type DirectorySheet } from 'shared/people/directory'
import { must } from 'shared/plain/must'
import type { OwnFate } from './port'
import type { EntryRow } from './storage'

/**
 * What the screens read, in memory: pulled sheets, own rows, and what they add up to. Computed when first asked for, and
 * the same object until it changes.
 */
export interface Picture {
  sheet(id: string): ShownSheet
  directory(): Directory
  pulled(id: string): ProjectedSheet | null
  pulledIds(): Iterable<string>
  row(entry: EntryId): EntryRow | null
  /** Own rows in order of `n`. */
  rows(): readonly EntryRow[]
  /** Own rows of one sheet, in order of `n`. */
  rowsOf(sheet: string): readonly EntryRow[]
  fates(): readonly OwnFate[]
  /** Fates of own rows by sheet, for counting. */
  fatesOf(sheet: string): readonly OwnFate[]
  sheetsWithRows(): Iterable<string>
  /** Own entries of other devices that lost or are asked about, until their author lets them be here. */
  elsewhere(): MadeElsewhere[]
  /** The highest `n` of any row. */
  lastN(): number
  /** Adds rows or replaces them by others with a receipt: a row never loses one (O2). */
  setRows(rows: Iterable<EntryRow>): void
  dismiss(entries: Iterable<EntryId>): void
  setSheets(sheets: Iterable<ProjectedSheet>, gone: Iterable<string>): void
}

export function makePicture(): Picture {
  const pulled = new Map<string, ProjectedSheet>()
  const rowsById = new Map<EntryId, EntryRow>()
  const rowsBySheet = new Map<string, Map<EntryId, EntryRow>>()
  const sortedBySheet = new Map<string, EntryRow[]>()
  const dismissed = new Set<EntryId>()
  /** Own entries that lost or are asked about, by the sheet that names them: few, of a year's thousands. */
  const asking = new Map<string, EntryId[]>()
  const shown = new Map<string, ShownSheet>()
  const fates = new Map<string, OwnFate[]>()
  let inOrder: EntryRow[] | null = null
  let allFates: OwnFate[] | null = null
  let directory: Directory | null = null
  let lastN = 0

  function forget(sheet: string): void {
    shown.delete(sheet)
    fates.delete(sheet)
    allFates = null
    const type = addressOf(sheet)?.type
    if (type === 'lesson') return
    directory = null
    // The fold's rules are the policy's, so every sheet may read differently now (A3).
    if (type === 'policy') {
      shown.clear()
      fates.clear()
    }
  }

  function readDirectory(): Directory {
    const sheets: DirectorySheet[] = []
    const ids = new Set([...pulled.keys(), ...rowsBySheet.keys()])
    for (const id of ids) {
      if (id.startsWith('lesson:')) continue
      const sheet = pulled.get(id)
      // An office that keeps the directory sees its own unsent changes in it at once.
      const cells = rowsBySheet.has(id) ? picture.sheet(id).cells : sheet?.cells
      sheets.push({ id, version: sheet?.version ?? 0, cells: cells ?? {} })
    }
    return directoryOf(sheets)
  }

  const picture: Picture = {
    sheet(id) {
      const known = shown.get(id)
      if (known) return known
      const isLesson = id.startsWith('lesson:')
      const rules = foldRulesFor(id, isLesson ? picture.directory() : directoryOf([]))
      const made = overlay(id, pulled.get(id) ?? null, picture.rowsOf(id), rules)
      shown.set(id, made)
      return made
    },
    directory: () => (directory ??= readDirectory()),
    pulled: (id) => pulled.get(id) ?? null,
    pulledIds: () => pulled.keys(),
    row: (entry) => rowsById.get(entry) ?? null,
    rows: () => (inOrder ??= [...rowsById.values()].sort(byN)),
    rowsOf(sheet) {
      const known = sortedBySheet.get(sheet)
      if (known) return known
      const sorted = [...(rowsBySheet.get(sheet)?.values() ?? [])].sort(byN)
      sortedBySheet.set(sheet, sorted)
      return sorted
    },
    fates() {
      if (allFates) return allFates
      const byId = new Map<EntryId, OwnFate>()
      for (const sheet of rowsBySheet.keys())
        for (const fate of picture.fatesOf(sheet)) byId.set(fate.entry.id, fate)
      allFates = picture.rows().map(({ entry }) => must(byId.get(entry.id), `the fate of ${entry.id}`))
      return allFates
    },
    fatesOf(sheet) {
      const known = fates.get(sheet)
      if (known) return known
      const own = picture.rowsOf(sheet).map(readFate)
      fates.set(sheet, own)
      return own
    },
    sheetsWithRows: () => rowsBySheet.keys(),
    elsewhere: () =>
      [...asking].flatMap(([sheet, ids]) => {
        const others = ids.filter((id) => !rowsById.has(id) && !dismissed.has(id))
        return others.length > 0 ? madeElsewhere(picture.sheet(sheet), others) : []
      }),
    lastN: () => lastN,
    setRows(rows) {
      for (const row of rows) setRow(row)
    },
    dismiss(entries) {
      for (const id of entries) {
        dismissed.add(id)
        const row = rowsById.get(id)
        if (row) fates.delete(row.entry.sheet)
      }
      allFates = null
    },
    setSheets(sheets, gone) {
      for (const id of gone) {
        asking.delete(id)
        if (pulled.delete(id)) forget(id)
      }
      for (const sheet of sheets) {
        if (!replaces(sheet, pulled.get(sheet.id))) continue
        pulled.set(sheet.id, sheet)
        const ids = Object.keys(sheet.own).filter((id) => asks(sheet.own[id]))
        if (ids.length > 0) asking.set(sheet.id, ids)
        else asking.delete(sheet.id)
        forget(sheet.id)
      }
    },
  }

  function setRow(row: EntryRow): void {
    const known = rowsById.get(row.entry.id)
    if (known && (!row.receipt || isSameReceipt(known.receipt, row.receipt))) return
    rowsById.set(row.entry.id, row)
    const { sheet } = row.entry
    const ofSheet = rowsBySheet.get(sheet) ?? new Map<EntryId, EntryRow>()
    rowsBySheet.set(sheet, ofSheet.set(row.entry.id, row))
    sortedBySheet.delete(sheet)
    // A fresh entry comes last: a year's rows need no sorting for it.
    inOrder = inOrder && !known && row.entry.n > lastN ? [...inOrder, row] : null
    lastN = Math.max(lastN, row.entry.n)
    forget(sheet)
  }

  // A settled entry's fate stands in the pulled sheet: nothing need be folded to tell it.
  function readFate(row: EntryRow): OwnFate {
    const { id, sheet } = row.entry
    const standing = pulled.get(sheet)?.own[id]
    const fate = standing
      ? ({ standing, state: 'at-school' } as const)
      : must(picture.sheet(sheet).own[id], `the fate of ${id}`)
    return { ...row, fate, dismissed: dismissed.has(id) }
  }

  return picture
}

function asks(standing: Standing | undefined): boolean {
  return standing?.is === 'superseded' || standing?.is === 'contested'
}

function byN(a: OwnEntry, b: OwnEntry): number {
  return a.entry.n - b.entry.n || (a.entry.id < b.entry.id ? -1 : 1)
}

/** P-2: a sheet gives way only to a version at least as high; in another epoch, always. */
export function replaces(sheet: ProjectedSheet, held: ProjectedSheet | undefined): boolean {
  return !held || held.epoch !== sheet.epoch || sheet.version >= held.version
}
