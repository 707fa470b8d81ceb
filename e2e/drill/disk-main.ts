import { parseArgs } from 'node:util'
import { drillDisk } from './disk-drill'
import { tell } from './tell'

// npm run drill:disk -- [--rounds N] [--seed S]: the disk fills up under a server, N times.
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, rounds: { type: 'string', default: '4' } },
})
const log = (line: string) => console.log(line)
const figures = await drillDisk({ seed: Number(values.seed), rounds: Number(values.rounds), log })
process.exit(tell(figures, log))
