import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { breakable, isBreakable } from './breaks'
import { simulate } from './run'

// npm run simulate -- --runs N --seed S [--break RULE] [--history] [--report FILE]
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    break: { type: 'string' },
    history: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
})

const broken = values.break ?? null
if (broken !== null && !isBreakable(broken)) {
  const known = Object.entries(breakable).map(([rule, what]) => `  ${rule}: ${what}`)
  console.error(`--break knows these rules:\n${known.join('\n')}`)
  process.exit(2)
}

const runs = Number(values.runs)
const first = Number(values.seed)
const started = Date.now()
let failures = 0
let entries = 0
for (let i = 0; i < runs; i += 1) {
  const outcome = await simulate({ seed: first + i, broken })
  entries += outcome.entries
  if (outcome.complaints.length > 0) {
    failures += 1
    console.log(`seed ${outcome.seed} FAILED (history ${outcome.hash})`)
    for (const { rule, says } of outcome.complaints.slice(0, 5)) console.log(`  ${rule} ${says}`)
  }
  if (values.history) console.log(outcome.lines.join('\n'), `\nhistory ${outcome.hash}`)
  if ((i + 1) % 100 === 0)
    console.log(`${i + 1} runs, ${failures} failures, ${Math.round((Date.now() - started) / 1000)} s`)
}
console.log(`${runs} runs from seed ${first}: ${failures} failures, ${entries} entries`)
if (values.report) writeFileSync(values.report, JSON.stringify({ runs, failures, entries, seed: first }))
process.exitCode = failures === 0 ? 0 : 1
