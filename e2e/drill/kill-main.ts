import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { drillKill } from './kill-drill'
import type { CouchCommands } from './kill-faults'
import { tell } from './tell'

// npm run drill:kill -- --rounds N [--seed S] [--devices D] [--stall SECONDS] [--couchdb] [--no-browser]
// With --couchdb: COUCHDB_URL, whose `accounts` and `journal-*` databases are emptied. COUCHDB_KILL and COUCHDB_START are
// shell commands that kill it at once and start it again; without them it is not killed.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    devices: { type: 'string', default: '8' },
    couchdb: { type: 'boolean', default: false },
    // jepsen-powersync's limit; a machine with much else to do needs more.
    stall: { type: 'string', default: '11' },
    'no-browser': { type: 'boolean', default: false },
  },
})
const [rounds, seed, devices, stall] = [values.rounds, values.seed, values.devices, values.stall].map(
  Number,
) as [number, number, number, number]
const couchdb = values.couchdb ? (process.env['COUCHDB_URL'] ?? '') : null
if (![rounds, devices, stall].every((n) => Number.isInteger(n) && n > 0) || !Number.isInteger(seed)) {
  console.error('--rounds, --devices and --stall take whole numbers from 1, --seed a whole number')
  process.exit(2)
}
if (couchdb === '') {
  console.error('--couchdb needs COUCHDB_URL, of a CouchDB that the drill may empty')
  process.exit(2)
}
const hasBrowser = !values['no-browser'] && existsSync(process.env['CHROMIUM'] ?? '/usr/bin/chromium')
const log = (line: string) => console.log(line)
const figures = await drillKill({
  rounds,
  seed,
  devices,
  couchdb,
  couch: couchdb ? commandsOf(process.env) : null,
  browserEvery: hasBrowser ? 6 : 0,
  stall: stall * 1000,
  log,
})
process.exit(tell(figures, log))

function commandsOf(env: NodeJS.ProcessEnv): CouchCommands | null {
  const [kill, start] = [env['COUCHDB_KILL'], env['COUCHDB_START']]
  return kill && start ? { kill, start } : null
}
