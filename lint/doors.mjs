// Who may know whom, from the folder names alone: a new feature is guarded from its first minute. `npm run lint` runs it.
// A script of our own, because the import checkers we know need TypeScript's old compiler interface, which TypeScript 7
// no longer has; cycles are found by oxlint's import/no-cycle.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'

const root = fileURLToPath(new URL('..', import.meta.url))

/** `from` and `to` are places in the house; `$1` in `to` stands for what `from` caught. */
const doors = [
  {
    from: /^client\/src\/features\/([^/]+)\//,
    to: /^client\/src\/features\/(?!$1\/)/,
    says: 'A feature does not know its neighbours. Meet in app/, or move the common part to store/, ui/ or shared.',
  },
  {
    from: /^client\/src\/(?!app\/|features\/|testing\/|main\.tsx$)/,
    to: /^client\/src\/(features|app)\//,
    says: 'Only app/ knows the features. What several of them need lives in store/, sync/, ui/ or shared.',
  },
  {
    from: /^client\/src\/features\//,
    to: /^client\/src\/app\//,
    says: 'A feature does not know the application around it: what it needs is handed in.',
  },
  {
    from: /^client\/src\/ui\//,
    to: /^(client\/src\/(store|sync|features|app)|shared)\//,
    says: 'ui/ has no school word in it: no store, no sync, no domain.',
    exceptTests: true,
  },
  {
    from: /^shared\//,
    to: /^(client|sync-server|e2e|couchdb|node:)/,
    says: 'shared/ is pure: it knows nobody, neither client nor server nor Node.',
    exceptTests: true,
  },
  {
    from: /^client\//,
    to: /^(sync-server|e2e|couchdb)\//,
    says: 'The client never reaches the server’s code: they meet in shared/wire.',
  },
  {
    from: /^sync-server\//,
    to: /^(client|e2e)\//,
    says: 'The server never reaches the client’s code: they meet in shared/wire.',
  },
  {
    from: /^(client|sync-server|shared)\/src\/(?!testing\/|.*\.test\.)/,
    to: /^(client|sync-server|shared)\/src\/testing\//,
    says: 'Builders for tests never reach the product.',
    exceptTests: true,
  },
]

/** Files that only tests use, though they are not called so: they may reach builders, as tests do. */
const serveTests =
  /\.test\.tsx?$|-in-tests\.ts$|\/small-[a-z]+\.ts$|-contract\.ts$|\/contract\/|-on-stores\.ts$|test-environment\.ts$/

let crossed = 0
let files = 0
for (const file of sources()) {
  files += 1
  for (const target of importsOf(file)) {
    for (const { from, to, says, exceptTests } of doors) {
      const caught = from.exec(file)
      if (!caught || (exceptTests && serveTests.test(file))) continue
      if (!new RegExp(to.source.replaceAll('$1', caught[1] ?? '')).test(target)) continue
      crossed += 1
      console.log(`${file}\n  imports ${target}\n  ${says}`)
    }
  }
}
console.log(`doors: ${files} files, ${crossed} crossed`)
process.exitCode = crossed === 0 ? 0 : 1

function* sources() {
  for (const place of ['shared/src', 'client/src', 'sync-server/src']) {
    for (const name of readdirSync(join(root, place), { recursive: true })) {
      if (/\.(ts|tsx)$/.test(name)) yield `${place}/${name.replaceAll('\\', '/')}`
    }
  }
}

/** What a file imports, types too: paths from the root for our own, package names for others'. */
function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8')
  const { body } = parseSync(text, { syntax: 'typescript', tsx: file.endsWith('.tsx') })
  const statically = body.flatMap((item) => item.source?.value ?? [])
  const dynamically = [...text.matchAll(/import\(\s*'([^']+)'\s*\)/g)].map(([, path]) => path)
  return [...statically, ...dynamically].map((path) => placeOf(path, file))
}

function placeOf(path, file) {
  if (path.startsWith('.')) return normalize(join(dirname(file), path)).replaceAll('\\', '/')
  return path.startsWith('shared/') ? `shared/src/${path.slice('shared/'.length)}` : path
}
