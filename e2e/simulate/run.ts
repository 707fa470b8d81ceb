import { makeSigner } from '../../sync-server/src/journal/signer'
import type { Broken } from './breaks'
import { checkQuiet, checkSeen, checkTruth, type Complaint } from './checks'
import { SimulatedClock } from './clock'
import { SimulatedDevice, someDraft } from './device'
import { History } from './history'
import { Network, noFaults } from './network'
import { morning } from './people'
import { Random } from './random'
import { noSchoolFaults, School } from './school'
import { World } from './world'

export interface Outcome {
  seed: number
  complaints: Complaint[]
  hash: string
  lines: readonly string[]
  entries: number
}

export interface RunOptions {
  seed: number
  broken?: Broken | null
}

// A fixed key: the same seed must sign the same bytes.
const key = 'MC4CAQAwBQYDK2VwBCIEIGGwpcgrOlaE8LPjve8kS_bpm6aC4iBHMcRVaGyimg3s'
const cast = ['t1', 't1', 't2', 't3', 't5', 'g1', 'g2', 'd1']
const minute = 60_000
const hour = 60 * minute

/** One school day of 3–8 devices and one or two servers, under everything that a school day brings. */
export async function simulate({ seed, broken = null }: RunOptions): Promise<Outcome> {
  const random = new Random(seed)
  const world = new World(morning)
  const history = new History(() => world.now())
  const school = new School(world, random, makeSigner(key), history, random.int(1, 2), broken)
  await settleWith(world, school.found())
  const devices = castFor(random).map((person, i) => {
    const name = `device${i}`
    const network = new Network(world, random, school, history)
    const clock = new SimulatedClock(world, name, someOffset(random))
    return new SimulatedDevice(name, person, { world, random, network, history, clock, broken })
  })
  const complaints: Complaint[] = []
  bringFaults(random, school, devices)
  // The others come during the day: their first sync happens among crashes and lost replies too.
  for (const device of devices) if (random.chance(0.5)) device.turnOn()
  await world.run(world.now() + 2 * minute)

  const steps = random.int(30, 80)
  for (let i = 0; i < steps && complaints.length === 0; i += 1) {
    await step(random, school, devices, history)
    await world.run(world.now() + random.int(0, random.chance(0.1) ? 20 * minute : 90_000))
    // Reading every ledger costs more than a step does; what is once untrue stays so.
    if (i % 8 === 7) complaints.push(...(await checkTruth(school, devices)))
  }
  await heal(world, school, devices)
  const quiet = await world.runUntil(() => devices.every(isSettled), 2 * hour)
  if (!quiet)
    complaints.push({
      rule: 'I11',
      says: 'a device with a network and unsent entries does not get them away',
    })
  await world.run(world.now() + 10 * minute)
  complaints.push(...(await checkQuiet(school, devices, random)), ...checkSeen(devices))
  history.write(
    'end',
    'entries',
    devices.reduce((sum, { disk }) => sum + disk.rows.size, 0),
  )
  for (const device of devices) device.crash()
  for (const [i] of school.servers.entries()) await settleWith(world, school.crash(i))
  const entries = devices.reduce((sum, { disk }) => sum + disk.rows.size, 0)
  return { seed, complaints, hash: history.hash(), lines: history.lines, entries }
}

function castFor(random: Random): string[] {
  const size = random.int(3, cast.length)
  // Two tablets of one teacher are always there: that is where one person conflicts with themselves.
  return [...cast.slice(0, 2), ...Array.from({ length: size - 2 }, (_, i) => cast[2 + i] ?? 't1')]
}

function someOffset(random: Random): number {
  const kinds = [0, 0, random.int(-90_000, 90_000), 3 * hour, -26 * hour, 400 * 24 * hour]
  return random.pick(kinds)
}

function bringFaults(random: Random, school: School, devices: readonly SimulatedDevice[]): void {
  const some = (most: number) => (random.chance(0.5) ? random.next() * most : 0)
  school.faults = {
    conflict: some(0.1),
    uncertainKept: some(0.05),
    uncertainLost: some(0.05),
    unavailable: some(0.02),
  }
  for (const { parts } of devices) {
    parts.network.faults = {
      loseRequest: some(0.3),
      loseReply: some(0.3),
      twice: some(0.2),
      late: some(0.15),
    }
  }
}

async function step(
  random: Random,
  school: School,
  devices: readonly SimulatedDevice[],
  history: History,
): Promise<void> {
  const device = random.pick(devices)
  const { network, clock, world } = device.parts
  const dice = random.next()
  if (dice < 0.45) return act(random, device)
  if (dice < 0.55) return bell(random, devices)
  if (dice < 0.68) {
    network.isUp = !network.isUp
    history.write(device.name, network.isUp ? 'meets the network' : 'loses the network')
    if (network.isUp && device.isOn) device.meetNetwork()
  } else if (dice < 0.78) {
    if (device.isOn) device.meetNetwork()
    else device.turnOn()
    // In the middle of whatever its sync is doing by then.
    if (random.chance(0.7)) world.after(random.int(0, 4000), () => device.crash())
  } else if (dice < 0.84) {
    const offset = someOffset(random)
    history.write(device.name, 'sets its clock', offset)
    clock.set(offset)
  } else if (dice < 0.88) {
    clock.fallAsleep()
    world.after(random.int(minute, hour), () => clock.wake())
  } else if (dice < 0.94) {
    const index = random.int(0, school.size - 1)
    if (school.servers[index]) await settleWith(world, school.crash(index))
    else await settleWith(world, school.start(index))
  } else {
    for (const { parts } of devices) parts.network.isUp = random.chance(0.6)
  }
}

// The bell rings: everybody who has a network writes at once, about the same lesson.
function bell(random: Random, devices: readonly SimulatedDevice[]): void {
  for (const device of devices) act(random, device)
}

function act(random: Random, device: SimulatedDevice): void {
  if (!device.isOn || device.person.startsWith('g')) return
  const times = random.chance(0.2) ? random.int(2, 12) : 1
  for (let i = 0; i < times; i += 1) {
    const draft = someDraft(device.person, random)
    if (random.chance(0.1)) device.undo(draft.sheet)
    else device.write(draft)
  }
}

function isSettled(device: SimulatedDevice): boolean {
  return device.isOn && device.journal.status().unsent === 0 && device.journal.status().state === 'idle'
}

async function heal(world: World, school: School, devices: readonly SimulatedDevice[]): Promise<void> {
  // What is to die in mid-sync still dies first.
  await world.run(world.now() + 5000)
  school.faults = noSchoolFaults
  for (const [i, server] of school.servers.entries()) if (!server) await settleWith(world, school.start(i))
  for (const device of devices) {
    device.parts.network.isUp = true
    device.parts.network.faults = noFaults
    device.parts.clock.wake()
    device.turnOn()
    device.meetNetwork()
  }
}

/** Waits for real code that itself waits for virtual time. */
async function settleWith<T>(world: World, work: Promise<T>): Promise<T> {
  let done = false
  const watched = work.finally(() => (done = true))
  watched.catch(() => {})
  await world.runUntil(() => done, hour)
  return watched
}
