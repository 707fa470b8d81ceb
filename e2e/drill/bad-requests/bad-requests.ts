import { Stack } from '../../stack'
import { growth, longestStall, readMemory, tellingMemory } from '../soak/memory'
import { readInterface } from './interface'
import { compareJournals, readAtRest } from './journal-after'
import { drill, type Drilled } from './lanes'
import { allOf, meetEverybody, type World } from './people'
import { hangUp } from './send'

export interface BadRequests {
  requests: number
  seed: number
  lanes: number
  dataDir: string
  log: (line: string) => void
}

export const schoolDay = '2026-09-16T06:40:00Z'
const sampleEvery = 2_000
/** What may stay in the heap of ten thousand bad requests once caches are full (MB), and how many fill them. */
const mostGrowth = 0.5
const fillCaches = 50_000
/** No request may keep the server from all others for longer (ms); generous, for machines that others share. */
const mostStall = 5_000
const quick = 250

/** The whole drill: a school, a snapshot of its journal, the requests, and what is left of it all. */
export async function drillBadRequests(
  options: BadRequests,
): Promise<{ lines: string[]; failures: string[]; requests: number }> {
  const { dataDir, log, requests } = options
  const env = { ...tellingMemory(dataDir, sampleEvery), TRUST_PROXY: 'loopback', LOG_LEVEL: 'error' }
  const stack = await Stack.start({ demo: 'fixture', clock: schoolDay, dataDir, couchdb: null, env })
  const takeAlong = () => void (stack.pid && process.kill(stack.pid, 'SIGKILL'))
  process.once('exit', takeAlong)
  try {
    await stack.kill()
    const before = await readAtRest(dataDir, 'journal-fixture-2026')
    await stack.launch()
    const world = await meetEverybody(stack.url)
    const api = await readInterface(stack.url)
    log(`  ${Object.keys(world.known).length} kinds of people, ${api.routes.length} routes`)
    const began = Date.now()
    const everyTenth = Math.max(1, Math.floor(requests / 10))
    const onDone = (done: number) => {
      if (done % everyTenth === 0) log(`  ${done} requests, ${Math.round((Date.now() - began) / 1000)} s`)
    }
    const drilled = await drill(world, api, { ...options, onDone })
    const seconds = (Date.now() - began) / 1000
    const failures = [...drilled.failures, ...(await healthAfter(stack, world))]
    if (/server fault/.test(stack.output))
      failures.push(`the server logged a fault: ${stack.output.slice(-2_000)}`)
    hangUp()
    await stack.kill()
    const after = await readAtRest(dataDir, world.db)
    failures.push(...compareJournals(before, after, drilled))
    const stall = longestStall(readMemory(dataDir))
    if (stall > mostStall) failures.push(`the server stood still for ${stall} ms`)
    const memory = memoryLines(dataDir, began, seconds, drilled.requests)
    failures.push(...memory.failures)
    const fresh = after.entries.size - before.entries.size
    const lines = [
      ...statusLines(drilled),
      `${drilled.requests} requests in ${Math.round(seconds)} s; ${drilled.receipts.size} entries answered, ${fresh} new in the journal, ${after.faults.length} faults in it`,
      `the server stood still for ${stall} ms at most`,
      ...memory.lines,
    ]
    return { lines, failures, requests: drilled.requests }
  } finally {
    hangUp()
    await stack.kill()
    process.off('exit', takeAlong)
  }
}

// Still there, still quick, and a person's own journal still comes.
async function healthAfter(stack: Stack, { known }: World): Promise<string[]> {
  const faults: string[] = []
  if (stack.pid === null) return ['the server is gone']
  for (let i = 0; i < 20; i++) {
    const began = performance.now()
    const reply = await fetch(`${stack.url}/api/health`)
    const ms = performance.now() - began
    if (reply.status !== 200) faults.push(`health says ${reply.status} afterwards`)
    if (i > 2 && ms > quick) faults.push(`health takes ${Math.round(ms)} ms afterwards`)
  }
  for (const who of ['orlova', 'abramova'] as const) {
    const { person } = known[who]
    const { sheets } = person ? await allOf(person, []) : { sheets: [] }
    if (sheets.length < 10) faults.push(`${who} gets ${sheets.length} sheets afterwards`)
  }
  return faults
}

function memoryLines(
  dataDir: string,
  began: number,
  seconds: number,
  requests: number,
): { lines: string[]; failures: string[] } {
  // The first half is code being compiled and caches being filled.
  const from = began + (seconds * 1000) / 2
  const samples = readMemory(dataDir).filter(({ at }) => at < began + seconds * 1000)
  if (samples.filter(({ at }) => at >= from).length < 5)
    return { lines: ['memory: too short to tell'], failures: [] }
  const perTenThousand = (anHour: number) => ((anHour * seconds) / 3_600 / requests) * 10_000
  const tell = (kind: 'rss' | 'heapUsed') => {
    const { slope, within, start } = growth(samples, kind, from)
    const [grows, doubt] = [perTenThousand(slope), perTenThousand(within)]
    const line = `${kind}: ${start.toFixed(1)} MB, ${grows.toFixed(2)} ± ${doubt.toFixed(2)} MB in 10,000 requests`
    return { line, isGrowing: requests >= fillCaches && grows - doubt > mostGrowth }
  }
  const [rss, heap] = [tell('rss'), tell('heapUsed')]
  return { lines: [rss.line, heap.line], failures: heap.isGrowing ? [`the heap grows: ${heap.line}`] : [] }
}

function statusLines({ statuses }: Drilled): string[] {
  return [...statuses].sort().map(([route, counts]) => {
    const each = [...counts]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status || 'cut'} × ${count}`)
    return `  ${route}: ${each.join(', ')}`
  })
}
