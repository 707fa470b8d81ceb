import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drillBadRequests } from './bad-requests'

// npm run drill:bad-requests -- [--requests N] [--seed S] [--lanes N] [--keep]
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '8' },
    keep: { type: 'boolean', default: false },
  },
})
const [requests, seed, lanes] = [Number(values.requests), Number(values.seed), Number(values.lanes)]
if (![requests, seed, lanes].every(Number.isInteger) || requests < 1 || lanes < 1) {
  console.error('--requests and --lanes take whole numbers from 1, --seed a whole number')
  process.exit(2)
}
// Ended from outside it still takes its server with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-bad-requests-'))
try {
  const {
    lines,
    failures,
    requests: sent,
  } = await drillBadRequests({
    requests,
    seed,
    lanes,
    dataDir,
    log: (line) => console.error(line),
  })
  for (const line of lines) console.log(line)
  for (const failure of failures) console.log(`FAILED ${failure}`)
  console.log(`${sent} of ${requests} requests from seed ${seed}: ${failures.length} failures`)
  process.exitCode = failures.length === 0 ? 0 : 1
} finally {
  if (values.keep) console.error(`data and memory samples: ${dataDir}`)
  else await rm(dataDir, { recursive: true, force: true })
}
