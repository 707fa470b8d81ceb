import { makeEmbeddedStores } from './embedded'

// The process that `embedded-crash.test.ts` kills: writes one document after another, and says which are on disk.
const factory = await makeEmbeddedStores(process.argv[2] ?? '')
const store = await factory.open('journal-crash-2026')
await store.ensure()
for (let n = 0; ; n += 2) {
  const ids = [`lesson:${n}`, `lesson:${n + 1}`]
  const outcomes = await store.write(ids.map((_id) => ({ doc: { _id, waiting: true }, rev: null })))
  if (ids.every((id) => outcomes.get(id)?.is === 'written')) process.stdout.write(`${ids.join('\n')}\n`)
}
