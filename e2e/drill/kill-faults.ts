import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { must } from 'shared/plain/must'
import type { KillBrowser } from './kill-browser'
import type { DrillSchool } from './kill-school'
import type { Fault } from './proxy'

/** What may be killed, or harmed, in one round. */
export const faultKinds = [
  'server',
  'server-twice',
  'server-stopped',
  'server-paused',
  'device',
  'network',
  'couchdb',
  'store-network',
  'browser',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** How CouchDB is killed and started again here: shell commands of whoever runs the drill. */
export interface CouchCommands {
  kill: string
  start: string
}

export interface Harm {
  school: DrillSchool
  couch: CouchCommands | null
  browser: KillBrowser | null
  /** ms that each start of the server took. */
  starts: number[]
  /** How many pushes were under way in the moment of the blow. */
  struck: number[]
}

const run = promisify(exec)
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Does the harm and undoes it: when it returns everything runs again, and nobody has been asked to be gentle. */
export async function harm(kind: FaultKind, harm: Harm): Promise<string> {
  const { school } = harm
  const { stack, random } = school
  switch (kind) {
    case 'server':
      await blow(harm, () => stack.kill('SIGKILL'))
      await launch(harm)
      return 'SIGKILL'
    case 'server-twice': {
      await blow(harm, () => stack.kill('SIGKILL'))
      // The second blow falls while it starts, or soon after.
      const after = random.int(200, 4_000)
      const starting = stack.launch().catch(() => {})
      await sleep(after)
      await stack.kill('SIGKILL')
      await starting
      await launch(harm)
      return `SIGKILL, and again after ${after} ms`
    }
    case 'server-stopped':
      // Asked to end it writes an anchor: what follows is held against that.
      await blow(harm, () => stack.kill('SIGTERM'))
      await launch(harm)
      return 'SIGTERM'
    case 'server-paused': {
      const ms = random.int(300, 2_500)
      await blow(harm, async () => void process.kill(must(stack.pid, 'the server'), 'SIGSTOP'))
      await sleep(ms)
      process.kill(must(stack.pid, 'the server'), 'SIGCONT')
      return `SIGSTOP for ${ms} ms`
    }
    case 'device': {
      const writer = random.pick(school.writers)
      await midPush(harm, writer.name)
      writer.die()
      return writer.name
    }
    case 'network':
      return harmNetwork(harm, school.network)
    case 'store-network':
      return harmNetwork(harm, must(school.storeNetwork, 'a network before CouchDB'))
    case 'couchdb': {
      const { kill, start } = must(harm.couch, 'COUCHDB_KILL and COUCHDB_START')
      await blow(harm, () => run(kill))
      await sleep(random.int(0, 1_500))
      await run(start)
      await untilUp(must(school.stack.couchdb, 'a CouchDB'))
      return 'SIGKILL'
    }
    case 'browser':
      return must(harm.browser, 'a browser').writeAndDie(random)
  }
}

async function harmNetwork({ school: { random } }: Harm, network: DrillSchool['network']): Promise<string> {
  const fault = someFault(random)
  const ms = random.int(300, 2_500)
  network.fault = fault
  await sleep(ms)
  network.fault = { is: 'none' }
  return `${JSON.stringify(fault)} for ${ms} ms`
}

function someFault(random: DrillSchool['random']): Fault {
  const way = random.pick(['up', 'down'] as const)
  // A push is a few kilobytes each way: most of these fall into the middle of one.
  const after = random.int(0, 3_000)
  return random.pick<Fault>([
    { is: 'latency', ms: random.int(50, 400) },
    { is: 'cut', way, after },
    { is: 'reset', way, after },
    { is: 'half-open' },
    { is: 'black-hole', way },
    { is: 'black-hole', way: 'both' },
  ])
}

/** Waits for a push, then strikes within the time that one takes. */
async function blow(harm: Harm, strike: () => Promise<unknown>): Promise<void> {
  await midPush(harm)
  harm.struck.push(harm.school.writers.reduce((sum, { pushing }) => sum + pushing, 0))
  await strike()
}

async function midPush({ school: { writers, random } }: Harm, only?: string): Promise<void> {
  const some = writers.filter(({ name }) => only === undefined || name === only)
  const left = new Promise<void>((resolve) => {
    for (const writer of some) writer.onPush = resolve
  })
  // Nobody may have anything to send just now.
  await Promise.race([left, sleep(5_000)])
  for (const writer of some) writer.onPush = () => {}
  await sleep(random.int(0, 30))
}

async function launch({ school: { stack }, starts }: Harm): Promise<void> {
  const began = Date.now()
  await stack.launch()
  starts.push(Date.now() - began)
}

async function untilUp(couchdb: string): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    const isUp = await fetch(new URL('/_up', new URL(couchdb).origin)).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    await sleep(100)
  }
  throw new Error('CouchDB did not come up again')
}
