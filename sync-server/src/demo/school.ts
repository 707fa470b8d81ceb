import { mostChanges } from 'shared/journal/entry'
import { directoryOf, type Directory } from 'shared/people/directory'
import type { Role } from 'shared/people/directory-cells'
import type { Json } from 'shared/plain/json'
import type { Draft } from './drafts'

/** A sign-in of the demo: what the server prints and the start screen offers. */
export interface DemoAccount {
  login: string
  password: string
  person: string
  name: string
  roles: (Role | 'homeroom' | 'guardian' | 'student')[]
  note: string
}

/** A school before its first lesson: the cells of its directory, by sheet. */
export interface DemoSchool {
  db: string
  name: string
  /** The administrator, who keeps the directory. */
  keeper: string
  cells: Record<string, Record<string, Json>>
  /** Changes of the directory in the course of the year, such as substitutions. */
  later: Draft[]
  accounts: DemoAccount[]
}

/** The directory that these drafts make, for the generator to read lessons from. */
export function directoryAfter(drafts: readonly Draft[]): Directory {
  const sheets = new Map<string, Record<string, { value: Json }>>()
  for (const { sheet, set } of drafts) {
    const cells = sheets.get(sheet) ?? {}
    sheets.set(sheet, cells)
    for (const { cell, value } of set) cells[cell] = { value }
  }
  return directoryOf([...sheets].map(([id, cells]) => ({ id, version: 1, cells })))
}

/** The school's first entries: one a sheet, or several where it is a large one, a second apart. */
export function foundingDrafts(school: DemoSchool, at: number): Draft[] {
  const pieces = Object.entries(school.cells).flatMap(([sheet, cells]) =>
    inPieces(Object.entries(cells)).map((piece) => ({ sheet, piece })),
  )
  return pieces.map(({ sheet, piece }, i) => ({
    sheet,
    kind: 'keep-directory',
    set: piece.map(([cell, value]) => ({ cell, value })),
    author: school.keeper,
    at: at + i * 1000,
  }))
}

function inPieces<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / mostChanges) }, (_, i) =>
    list.slice(i * mostChanges, (i + 1) * mostChanges),
  )
}
