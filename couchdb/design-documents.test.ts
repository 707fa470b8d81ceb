import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { designDocuments, kindOf } from './design-documents.mjs'

it('tells the kind of a database by its name', () => {
  expect(kindOf('journal-lyceum1-2026')).toBe('journal')
  expect(kindOf('accounts')).toBe('accounts')
  expect(kindOf('_users')).toBeNull()
  expect(designDocuments('_users')).toEqual([])
})

it('reads every map file into a design document, as a function that CouchDB takes', () => {
  for (const [folder, database] of [
    ['journal', 'journal-lyceum1-2026'],
    ['accounts', 'accounts'],
  ] as const) {
    const files = readdirSync(join(__dirname, 'design', folder), { recursive: true, encoding: 'utf8' })
    const maps = designDocuments(database).flatMap(({ views }) => Object.values(views))
    expect(maps).toHaveLength(files.filter((file) => file.endsWith('.js')).length)
    expect(maps.length).toBeGreaterThan(0)
    for (const { map } of maps) expect(map).toMatch(/^function \(doc\) \{\n[^]*\}$/)
  }
})

it('names its design documents by their folders', () => {
  const [sheets] = designDocuments('journal-lyceum1-2026')
  expect(sheets?._id).toBe('_design/sheets')
  expect(Object.keys(sheets?.views ?? {})).toEqual(['conflicts', 'waiting'])
})
