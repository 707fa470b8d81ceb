import { parseArgs } from 'node:util'
import { drillRestore } from './restore-drill'

// npm run drill:restore -- --rounds N [--seed S] [--devices D] [--json]
// With COUCHDB_URL, an administrator's, against that CouchDB: its `accounts` and `journal-*` databases are emptied.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    devices: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})
const wanted = { rounds: Number(values.rounds), seed: Number(values.seed), devices: Number(values.devices) }
if (!Object.values(wanted).every((n) => Number.isInteger(n) && n > 0)) {
  console.error('--rounds, --seed and --devices take whole numbers from 1')
  process.exit(2)
}
// What is read by machines goes to the one stream, what is read by people to the other.
const log = (line: string) => console.error(line)
const figures = await drillRestore({ ...wanted, couchdb: process.env['COUCHDB_URL'] ?? null, log })
const { complaints, ...numbers } = figures
for (const [name, value] of Object.entries(numbers)) log(`${name.padEnd(14)}${String(value)}`)
for (const { rule, says } of complaints.slice(0, 30)) log(`${rule} ${says}`)
log(complaints.length === 0 ? 'nothing lost, nothing doubled' : `FAILED: ${complaints.length} complaints`)
if (values.json) console.log(JSON.stringify(figures, null, 2))
process.exit(complaints.length === 0 ? 0 : 1)
