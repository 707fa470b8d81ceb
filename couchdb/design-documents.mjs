import { readdirSync, readFileSync } from 'node:fs'

/** The folder of `design/` for a database: `journal-*` hold sheets, `accounts` holds sign-ins. Null for any other. */
export function kindOf(database) {
  if (database.startsWith('journal-')) return 'journal'
  return database === 'accounts' || database.startsWith('accounts-') ? 'accounts' : null
}

/**
 * The design documents of a database, read from `design/<kind>/<ddoc>/views/<view>/map.js`. A map file is a module, so
 * that editors, lint and tests can read it; the store gets the function that stands behind `export default`.
 */
export function designDocuments(database) {
  const kind = kindOf(database)
  if (kind === null) return []
  const folder = new URL(`design/${kind}/`, import.meta.url)
  return namesIn(folder).map((name) => ({
    _id: `_design/${name}`,
    language: 'javascript',
    views: viewsIn(new URL(`${name}/views/`, folder)),
  }))
}

function viewsIn(folder) {
  return Object.fromEntries(
    namesIn(folder).map((view) => [view, { map: mapIn(new URL(`${view}/map.js`, folder)) }]),
  )
}

function mapIn(file) {
  const [, source] = readFileSync(file, 'utf8').split(/^export default /m)
  if (!source?.startsWith('function (')) throw new Error(`no "export default function (" in ${file.pathname}`)
  return source.trimEnd()
}

function namesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}
