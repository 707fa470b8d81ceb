import { parseArgs } from 'node:util'
import { drillStorm } from './storm-drill'
import { tell } from './tell'

// npm run drill:storm -- [--minutes M] [--devices D] [--seed S]
// COUCHDB_NODES: three addresses of one cluster, comma between; its `accounts` and `journal-*` databases are emptied.
// COUCHDB_NODE_KILL, _CUT, _JOIN and (optional) _START: shell commands, with {n} for the number of the node.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    devices: { type: 'string', default: '54' },
    seed: { type: 'string', default: '1' },
  },
})
const nodes = (process.env['COUCHDB_NODES'] ?? '').split(',').filter(Boolean)
const [kill, start, cut, join] = ['KILL', 'START', 'CUT', 'JOIN'].map(
  (verb) => process.env[`COUCHDB_NODE_${verb}`] ?? null,
)
if (nodes.length < 3 || !kill || !cut || !join) {
  console.error('drill:storm needs COUCHDB_NODES (three addresses), COUCHDB_NODE_KILL, _CUT and _JOIN')
  process.exit(2)
}
const log = (line: string) => console.log(line)
const [minutes, devices, seed] = [values.minutes, values.devices, values.seed].map(Number) as [
  number,
  number,
  number,
]
const commands = { kill, start: start ?? null, cut, join }
process.exit(tell(await drillStorm({ seed, minutes, devices, nodes, commands, log }), log))
