import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { standWhereAsked } from '../start/stand-where-asked'
import { pathOf, sentenceOf } from './arguments'
import { identitiesOf } from './keys'
import { restore } from './restore'
import { besideOf } from './restore-embedded'

// npm run restore -- --from FILE --key FILE --to DATA_DIR [--anchors FOLDER]; of a CouchDB: see docs/operating.md.
// npm run restore -- --from FILE --key FILE --check: only tells whether the backup is whole.
try {
  standWhereAsked(process.env)
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      key: { type: 'string' },
      to: { type: 'string' },
      anchors: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  })
  const to = values.check ? null : pathOf(values.to, 'to')
  // What was restored so far lies there in the clear.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      if (to) rmSync(besideOf(to), { recursive: true, force: true })
      process.exit(1)
    })
  }
  const tell = (fields: object, message: string) => console.error(message, JSON.stringify(fields))
  const began = Date.now()
  const manifest = await restore({
    from: pathOf(values.from, 'from'),
    identities: await identitiesOf(pathOf(values.key, 'key')),
    to,
    couchdb: process.env['COUCHDB_ADMIN_URL'] ?? null,
    anchors: values.anchors ? resolve(values.anchors) : null,
    random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
    log: { info: () => {}, warn: tell, error: tell },
  })
  const what = `the backup of ${manifest.made} (${manifest.databases.join(', ')})`
  console.log(`${values.check ? 'Whole' : 'Restored'}: ${what}, in ${Date.now() - began} ms`)
} catch (error) {
  console.error(sentenceOf(error))
  process.exitCode = 1
}
