import { parseArgs } from 'node:util'
import { tell } from './tell'
import { drillTorn } from './torn-drill'

// npm run drill:torn -- [--flips N] [--cuts N] [--seed S]: damages a store that a killed server left, in one place each time.
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    flips: { type: 'string', default: '6' },
    cuts: { type: 'string', default: '4' },
  },
})
const log = (line: string) => console.log(line)
const [seed, flips, cuts] = [values.seed, values.flips, values.cuts].map(Number) as [number, number, number]
process.exit(tell(await drillTorn({ seed, flips, cuts, writeFor: 6_500, log }), log))
