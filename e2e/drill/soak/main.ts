import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { soak } from './soak'

// npm run soak -- [--minutes N] [--devices N] [--every SECONDS] [--seed S] [--keep]
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    devices: { type: 'string', default: '300' },
    every: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
})
const [minutes, devices, every, seed] = [values.minutes, values.devices, values.every, values.seed].map(
  Number,
)
const isGiven = (n: number | undefined): n is number => n !== undefined && Number.isFinite(n) && n > 0
if (!isGiven(minutes) || !isGiven(devices) || !isGiven(every) || !isGiven(seed)) {
  console.error('--minutes, --devices, --every and --seed take numbers above 0')
  process.exit(2)
}
// Ended from outside it still takes its server with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-soak-'))
try {
  const log = (line: string) => console.error(line)
  const { lines, failures } = await soak({ minutes, devices, every, seed, dataDir, log })
  for (const line of lines) console.log(line)
  for (const failure of failures) console.log(`FAILED ${failure}`)
  process.exitCode = failures.length === 0 ? 0 : 1
} finally {
  if (values.keep) console.error(`data and memory samples: ${dataDir}`)
  else await rm(dataDir, { recursive: true, force: true })
}
