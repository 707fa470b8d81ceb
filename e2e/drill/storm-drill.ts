import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import type { SheetDocument } from 'shared/journal/document'
import type { Link } from 'shared/journal/ledger'
import type { DemoReply } from 'shared/wire/health'
import { must } from 'shared/plain/must'
import { Person } from '../outside/person'
import { duringLesson } from '../school'
import { Random } from '../simulate/random'
import { Stack } from '../stack'
import { checkDevices } from './check-devices'
import { checkLedgers, readSchool, type Complaint } from './check-journal'
import { heldBy } from './kill-school'
import { Balancer, isUp } from './storm-balancer'
import { quieten, Writer } from './writer'

/** Shell commands of whoever runs the drill; `{n}` in them is the node's number, from 1. */
export interface NodeCommands {
  kill: string
  /** Starts a node that was killed; null: it stays dead. */
  start: string | null
  /** Parts a node from the others, and lets it go on by itself. */
  cut: string
  join: string
}

export interface StormOptions {
  seed: number
  minutes: number
  devices: number
  nodes: readonly string[]
  commands: NodeCommands
  log: (line: string) => void
}

export interface StormFigures {
  nodes: number
  devices: number
  minutes: number
  entries: number
  entriesPerSecond: number
  /** How pushes were answered, by status; 0: not at all. */
  answers: Record<string, number>
  /** How often a server went to another node. */
  moves: number
  /** Sheets whose ledger holds a branch that was merged. */
  merged: number
  /** Leaves that stood when all was well again and before the sweep. */
  conflicts: number
  quietMs: number | null
  sheets: number
  anchors: number
  complaints: Complaint[]
}

const run = promisify(exec)
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const [killed, parted] = [3, 2]
/** The sweep that merges what nobody touches comes every minute. */
const mergedWithin = 240_000

/**
 * A storm of pushes through two servers over a cluster. One node is killed and brought back where it can be, another is
 * parted from the rest while a server goes on writing to it. Then everything heals: nothing may be lost or doubled.
 */
export async function drillStorm(options: StormOptions): Promise<StormFigures> {
  const { nodes, commands, minutes, log } = options
  // The second server speaks to the node that will be parted, so that both sides are written to.
  const balancers = [await Balancer.before(nodes, 0), await Balancer.before(nodes, parted - 1)] as const
  const servers = await startServers(balancers)
  const complaints: Complaint[] = []
  const writers: Writer[] = []
  const began = Date.now()
  const say = (what: string) =>
    log(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${what}`)
  const command = async (what: keyof NodeCommands, n: number) => {
    const text = commands[what]
    if (text) await run(text.replaceAll('{n}', String(n)))
    say(`node ${n}: ${text ? what : `no command to ${what}`}`)
  }
  try {
    writers.push(...(await signIn(servers, options)))
    if ((await quieten(writers, 120_000)) === null)
      throw new Error('the devices did not come to rest at first')
    say(`${writers.length} devices are here`)
    const share = (minutes * 60_000) / 6
    for (const writer of writers) writer.start()
    const stormBegan = Date.now()
    await sleep(share)
    await command('kill', killed)
    await sleep(share)
    if (commands.start) {
      await command('start', killed)
      await untilUp(must(nodes[killed - 1], 'a node'))
    }
    await sleep(share)
    await command('cut', parted)
    await sleep(2 * share)
    await command('join', parted)
    await sleep(share)
    for (const writer of writers) await writer.stop()
    const seconds = (Date.now() - stormBegan) / 1000
    say('the storm is over')
    const quietMs = await quieten(writers, 300_000)
    if (quietMs === null) complaints.push({ rule: 'I3', says: 'the devices never came to rest' })
    const place = { dataDir: servers[0].dataDir, couchdb: balancers[0].url }
    const conflicts = await untilMerged(place, say)
    await quieten(writers, 120_000)
    for (const server of servers) await server.kill()
    const left = await readSchool(place)
    const right = await readSchool({ ...place, dataDir: servers[1].dataDir })
    complaints.push(...checkLedgers(left), ...checkDevices(left, writers.map(heldBy)))
    for (const fault of right.verified.faults) complaints.push({ rule: 'I5', says: JSON.stringify(fault) })
    const entries = writers.reduce((sum, { kept }) => sum + kept.size, 0)
    return {
      nodes: nodes.length,
      devices: writers.length,
      minutes,
      entries,
      entriesPerSecond: Math.round(entries / seconds),
      answers: answersOf(writers),
      moves: balancers[0].moves + balancers[1].moves,
      merged: mergedIn(left.docs),
      conflicts,
      quietMs,
      sheets: left.verified.sheets,
      anchors: left.verified.anchors + right.verified.anchors,
      complaints,
    }
  } finally {
    for (const writer of writers) await writer.stop()
    for (const { device } of writers) device.stop()
    for (const server of servers) await server.stop()
    for (const balancer of balancers) await balancer.close()
  }
}

async function startServers(balancers: readonly [Balancer, Balancer]): Promise<readonly [Stack, Stack]> {
  const first = await Stack.start({ demo: 'fixture', clock: duringLesson, couchdb: balancers[0].url })
  // The second finds the school there: it must not empty the store.
  const env = { COUCHDB_URL: balancers[1].url }
  return [first, await Stack.start({ demo: 'fixture', clock: duringLesson, couchdb: null, env })]
}

async function signIn(servers: readonly Stack[], { seed, devices }: StormOptions): Promise<Writer[]> {
  const random = new Random(seed)
  const people = (await (await fetch(`${must(servers[0], 'a server').url}/api/demo`)).json()) as DemoReply
  const teachers = people.filter(({ roles, login }) => roles.includes('teacher') && login !== 'titova')
  const writers: Writer[] = []
  for (let i = 0; i < devices; i += 1) {
    const { login, password } = must(teachers[i % teachers.length], 'a teacher')
    const { url } = must(servers[Math.floor(i / teachers.length) % servers.length], 'a server')
    const name = `${login}-${i}`
    const person = await signInPatiently({ url, login, password, device: name })
    // Devices of one teacher write on the same lessons through both servers.
    writers.push(
      new Writer({ person, name, random: new Random(random.int(0, 2 ** 31)), pause: 5_000, recently: 0.3 }),
    )
  }
  return writers
}

// Fifty at once on a cluster that has only just begun: 503 says to try again.
async function signInPatiently(way: Parameters<typeof Person.signIn>[0]): Promise<Person> {
  for (let left = 5; ; left -= 1) {
    try {
      return await Person.signIn(way)
    } catch (error) {
      if (left === 0 || !String(error).includes('store-unavailable')) throw error
      await sleep(2_000)
    }
  }
}

async function untilUp(node: string): Promise<void> {
  for (let left = 120; left > 0 && !(await isUp(node)); left -= 1) await sleep(500)
}

/** Waits for the servers to merge what parted; tells how much there was. */
async function untilMerged(
  place: { dataDir: string; couchdb: string },
  say: (what: string) => void,
): Promise<number> {
  let first: number | null = null
  for (const began = Date.now(); Date.now() - began < mergedWithin; await sleep(5_000)) {
    const { conflicts } = await readSchool(place)
    first ??= conflicts
    if (conflicts === 0) break
    say(`${conflicts} leaves to merge`)
  }
  return first ?? 0
}

function mergedIn(docs: ReadonlyMap<string, SheetDocument>): number {
  const isMerge = ({ type }: Link) => type === 'merge'
  return [...docs.values()].filter(({ links }) => links.some(isMerge)).length
}

function answersOf(writers: readonly Writer[]): Record<string, number> {
  const all: Record<string, number> = {}
  for (const { answers } of writers)
    for (const [status, times] of answers) all[status] = (all[status] ?? 0) + times
  return all
}
