import { parseArgs } from 'node:util'
import { drillClock } from './clock-drill'
import { tell } from './tell'

// npm run drill:clock -- [--seed S] [--seconds N]: a server whose clock is wrong between restarts, N seconds under each.
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, seconds: { type: 'string', default: '3' } },
})
const log = (line: string) => console.log(line)
const figures = await drillClock({ seed: Number(values.seed), writeFor: Number(values.seconds) * 1000, log })
process.exit(tell(figures, log))
