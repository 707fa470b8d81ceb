import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { figures } from './figures'
import type { BenchOptions, Result } from './figure'

// npm run bench -- [--json] [--only P2,P4] [--runs N] [--long]
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    runs: { type: 'string', default: '15' },
    long: { type: 'boolean', default: false },
  },
})
const wanted = values.only?.split(',').map((name) => name.trim().toUpperCase())
const unknown = wanted?.filter((name) => !figures.some((figure) => figure.name === name)) ?? []
const runs = Number(values.runs)
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(
    `--only takes names of ${figures.map(({ name }) => name).join(', ')}; --runs a whole number from 1`,
  )
  process.exit(2)
}

// What is read by machines goes to the one stream, what is read by people to the other.
const log = (line: string) => console.error(line)
const options: BenchOptions = { runs, long: values.long, couchdb: process.env['COUCHDB_URL'] ?? null, log }
log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`)

const results: Record<string, Result> = {}
const failed: string[] = []
for (const figure of figures.filter(({ name }) => wanted?.includes(name) ?? true)) {
  log(`\n${figure.name} ${figure.title}`)
  const began = performance.now()
  try {
    const result = await figure.run(options)
    results[figure.name] = result
    log(`  ${lineOf(result)}  (${Math.round((performance.now() - began) / 1000)} s)`)
  } catch (error) {
    // The rest of the table is still worth having; a figure that could not be taken is a failure all the same.
    failed.push(figure.name)
    log(`  FAILED ${error instanceof Error ? error.stack : String(error)}`)
  }
}
if (values.json) console.log(JSON.stringify(results, null, 2))
if (failed.length > 0) log(`\nnot measured: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)

function lineOf({ ratio, ours, reference, unit, goal, met, spread, more = {} }: Result): string {
  const rest = Object.entries(more).map(([name, value]) => `${name} ${round(value)}`)
  const between = `${round(spread[0])}–${round(spread[1])}`
  return [
    `${met ? 'met' : 'MISSED'}  ratio ${round(ratio)} (${between}), goal ${goal}: ${round(ours)} against ${round(reference)} ${unit}`,
    ...rest,
  ].join('; ')
}

function round(value: number | string | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value)
}
