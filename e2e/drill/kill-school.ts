import type { DemoReply } from 'shared/wire/health'
import { must } from 'shared/plain/must'
import { Person } from '../outside/person'
import { duringLesson } from '../school'
import { Random } from '../simulate/random'
import { Stack } from '../stack'
import type { Held } from './check-devices'
import { FaultProxy } from './proxy'
import { quieten, Writer } from './writer'

export interface SchoolOptions {
  seed: number
  /** Devices that write. Every second one sends through the network that does harm. */
  devices: number
  /** An address whose databases the drill empties; null for the embedded store. */
  couchdb: string | null
  dataDir?: string
  /** ms between two entries of a device, at most. */
  pause?: number
  /** How often a device writes on the last lesson of all, of 1. */
  recently?: number
  /** How far the clock of each device is off, in turn (ms). */
  offsets?: readonly number[]
}

/** A running school that is about to be harmed: its server, the networks before and behind it, and who works in it. */
export interface DrillSchool {
  readonly stack: Stack
  readonly random: Random
  /** Between every second device and the server. */
  readonly network: FaultProxy
  /** Between the server and CouchDB, where there is one. */
  readonly storeNetwork: FaultProxy | null
  readonly writers: readonly Writer[]
  /** Devices that only read: a deputy's and a family's. */
  readonly readers: readonly Writer[]
  end(): Promise<void>
}

/** Writes in a browser of their own, where there is one. */
export const browserTeacher = 'dorokhov'
/** Who teaches grade 1, which has no marks, or only in others' place; and the one with the browser. */
const notHere = new Set(['lebedeva', 'titova', browserTeacher])
const deputy = 'fomina'
const guardian = 'abramova'

export async function openSchool(options: SchoolOptions): Promise<DrillSchool> {
  const { seed, devices, couchdb, dataDir, pause, recently, offsets = [] } = options
  const random = new Random(seed)
  const storeNetwork = couchdb ? await FaultProxy.to(targetOf(couchdb)) : null
  const stack = await Stack.start({
    demo: 'fixture',
    clock: duringLesson,
    couchdb: couchdb && storeNetwork ? through(couchdb, storeNetwork.port) : null,
    ...(dataDir ? { dataDir } : {}),
  })
  const network = await FaultProxy.to({ host: '127.0.0.1', port: stack.port })
  const teachers = await teachersOf(stack.url)
  const make = async (login: string, name: string, way?: string, offset = 0) =>
    new Writer({
      person: await Person.signIn({ url: stack.url, login, password: `${login}-2026`, device: name }),
      name,
      random: new Random(random.int(0, 2 ** 31)),
      ...(way ? { through: way } : {}),
      ...(pause ? { pause } : {}),
      ...(recently ? { recently } : {}),
      offset,
    })
  const writers: Writer[] = []
  for (let i = 0; i < devices; i += 1) {
    const login = must(teachers[i % teachers.length], 'a teacher')
    const offset = offsets[i % offsets.length] ?? 0
    writers.push(await make(login, `${login}-${i}`, i % 2 === 1 ? network.url : undefined, offset))
  }
  const readers = [await make(deputy, `${deputy}-r`), await make(guardian, `${guardian}-r`, network.url)]
  const end = async () => {
    // However a round ended, nobody writes on: in the process of other tests that would go on for ever.
    for (const writer of writers) await writer.stop().catch(() => {})
    for (const { device } of [...writers, ...readers]) device.stop()
    await network.close()
    await stack.stop()
    await storeNetwork?.close()
  }
  const school = { stack, random, network, storeNetwork, writers, readers, end }
  if ((await quieten([...writers, ...readers], 60_000)) === null) {
    await end()
    throw new Error('the devices did not come to rest before the drill began')
  }
  return school
}

/** What the checks ask of a device. */
export function heldBy({ name, person, kept, disk, unsent, device }: Writer): Held {
  return { name, person, kept, disk, unsent, now: device.journal.now() }
}

async function teachersOf(url: string): Promise<string[]> {
  const people = (await (await fetch(`${url}/api/demo`)).json()) as DemoReply
  return people
    .filter(({ login, roles }) => roles.includes('teacher') && !notHere.has(login))
    .map(({ login }) => login)
}

export function targetOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

/** The same address with its account, by way of a port of this machine. */
export function through(url: string, port: number): string {
  const changed = new URL(url)
  changed.hostname = '127.0.0.1'
  changed.port = String(port)
  return changed.href.replace(/\/$/, '')
}
