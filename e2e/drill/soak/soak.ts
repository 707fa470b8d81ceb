import type { DemoReply } from 'shared/wire/health'
import { must } from 'shared/plain/must'
import { Person } from '../../outside/person'
import { Random } from '../../simulate/random'
import { Stack } from '../../stack'
import { readAtRest } from '../bad-requests/journal-after'
import { watchBadges } from './badge'
import { compareDevices, compareWithJournal, settle } from './ending'
import { Latencies } from './latencies'
import { Life } from './life'
import { growth, longestStall, readMemory, tellingMemory } from './memory'

export interface Soak {
  minutes: number
  devices: number
  /** Seconds between what a teacher writes on one device. */
  every: number
  seed: number
  dataDir: string
  log: (line: string) => void
}

export interface Soaked {
  lines: string[]
  failures: string[]
  /** How many entries the devices wrote, and how often a badge was held against the school. */
  written: number
  asked: number
}

const clock = '2026-09-16T08:00:00Z'
const sampleEvery = 10_000
/** When the server is restarted, by shares of the time: politely, then not. What comes after is measured. */
const restarts: [share: number, signal: 'SIGTERM' | 'SIGKILL'][] = [
  [1 / 6, 'SIGTERM'],
  [1 / 3, 'SIGKILL'],
]
const warmAt = 1 / 2
/** Growth of the heap in use, of its own size an hour, that counts as flat; less time than this says nothing. */
const flat = 0.1
const leastMinutes = 10

/** A school day without an end: many devices live on one server, which is restarted twice (R10). */
export async function soak(options: Soak): Promise<Soaked> {
  const { minutes, dataDir, log, seed } = options
  const env = { ...tellingMemory(dataDir, sampleEvery), LOG_LEVEL: 'error' }
  const stack = await Stack.start({ demo: 'fixture', clock, dataDir, couchdb: null, env })
  const takeAlong = () => void (stack.pid && process.kill(stack.pid, 'SIGKILL'))
  process.once('exit', takeAlong)
  const lives: Life[] = []
  const latencies = new Latencies()
  try {
    const random = new Random(seed)
    for await (const life of begin(stack, options, latencies)) lives.push(life)
    const observer = await Person.signIn({
      url: stack.url,
      login: 'fomina',
      password: 'fomina-2026',
      device: 'observer',
    })
    log(`  ${lives.length} devices have their first sync`)
    const [began, own] = [Date.now(), process.memoryUsage().heapUsed]
    const until = began + minutes * 60_000
    const watching = watchBadges(lives, observer, { random, until, every: 1_000 })
    for (const [share, signal] of restarts) {
      await waitUntil(began + share * minutes * 60_000)
      log(`  ${signal} after ${Math.round((Date.now() - began) / 1000)} s`)
      await stack.kill(signal)
      await stack.launch()
    }
    const badge = await watching
    const db = observer.session.db
    const failures = [...badge.lies, ...(await settle(lives)), ...(await compareDevices(lives))]
    const ownAfter = process.memoryUsage().heapUsed
    for (const life of lives) life.end()
    await stack.kill()
    if (/server fault/.test(stack.output))
      failures.push(`the server logged a fault: ${stack.output.slice(-2_000)}`)
    const after = await readAtRest(dataDir, db)
    failures.push(...compareWithJournal(lives, after))
    const memory = memoryLines(dataDir, began, minutes)
    const written = lives.reduce((sum, { written: all }) => sum + all.length, 0)
    const lines = [
      `${lives.length} devices of ${new Set(lives.map(({ device }) => device.journal.me.person)).size} people for ${minutes} minutes, ${restarts.length} restarts`,
      `${written} entries written, ${after.entries.size} in the journal, ${after.faults.length} faults in its chains and anchors`,
      `badge: said «all at the school» and was believed ${badge.asked} times, lied ${badge.lies.length} times`,
      ...latencies.lines(),
      `${latencies.failed} requests met no server or no network`,
      `the server stood still for ${longestStall(readMemory(dataDir))} ms at most`,
      ...memory.lines,
      `the harness itself: ${mb(own)} MB of heap at first, ${mb(ownAfter)} MB at last`,
    ]
    return { lines, failures: [...failures, ...memory.failures], written, asked: badge.asked }
  } finally {
    for (const life of lives) life.end()
    await stack.kill()
    process.off('exit', takeAlong)
  }
}

// The sign-ins of the demo in turn, so that everybody has several devices.
async function* begin(
  { url }: Stack,
  { devices, every, seed }: Soak,
  latencies: Latencies,
): AsyncGenerator<Life> {
  const signIns = (await (await fetch(`${url}/api/demo`)).json()) as DemoReply
  const offset = await clockOffset(url)
  for (let i = 0; i < devices; i++) {
    const { login, password } = must(signIns[i % signIns.length], 'a sign-in')
    const signIn = { url, login, password, device: `device${i}` }
    const life = await Life.begin({
      signIn,
      random: new Random(seed + i),
      latencies,
      every: every * 1000,
      offset,
    })
    await life.start()
    yield life
  }
}

async function clockOffset(url: string): Promise<number> {
  const { headers } = await fetch(`${url}/api/health`)
  return Number(headers.get('zvonok-time')) - Date.now()
}

async function waitUntil(at: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())))
}

function memoryLines(
  dataDir: string,
  began: number,
  minutes: number,
): { lines: string[]; failures: string[] } {
  const from = began + warmAt * minutes * 60_000
  const samples = readMemory(dataDir).filter(({ at }) => at < began + minutes * 60_000)
  const tell = (kind: 'rss' | 'heapUsed') => {
    const { slope, within, start } = growth(samples, kind, from)
    const isFlat = slope - within <= start * flat
    const line = `${kind}: ${start.toFixed(1)} MB, ${slope.toFixed(1)} ± ${within.toFixed(1)} MB an hour`
    return {
      isFlat,
      line: `${line}: ${minutes < leastMinutes ? 'too short to tell' : isFlat ? 'flat' : 'growing'}`,
    }
  }
  const [rss, heap] = [tell('rss'), tell('heapUsed')]
  const failures = minutes >= leastMinutes && !heap.isFlat ? [`the server’s heap grows: ${heap.line}`] : []
  return { lines: [rss.line, heap.line], failures }
}

function mb(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}
