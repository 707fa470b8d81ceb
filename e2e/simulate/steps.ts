import type { SimulatedDevice } from './device'
import { quietLessons, sharedLesson, someDraft } from './drafts'
import { noFaults } from './network'
import type { Random } from './random'
import type { School } from './school'
import { noStoreFaults, type SchoolStores, type StoreFaults } from './school-stores'
import type { World } from './world'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/** What stores are up against now. */
export interface Conditions {
  faults: StoreFaults
  laggard: number | null
}

/** Everything that a step of the day may touch. */
export interface Day {
  world: World
  random: Random
  school: School
  devices: readonly SimulatedDevice[]
  conditions: Conditions
  backups: { made: SchoolStores; locals: boolean }[]
}

/** R4: from ten years too early to ten years too late, an hour off as with a forgotten change of time, or a little. */
export function someOffset(random: Random): number {
  const around = [0, 0, random.int(-90_000, 90_000), hour, -hour, 3 * hour, -26 * hour]
  return random.pick([...around, 400 * day, random.int(-10, 10) * year])
}

/** How much goes wrong in this run. */
export function bringFaults({ random, devices, conditions }: Day): void {
  const some = (most: number) => (random.chance(0.5) ? random.next() * most : 0)
  conditions.faults = {
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

/** One thing happens. */
export async function step(today: Day): Promise<void> {
  const { random, devices, school, world } = today
  const device = random.pick(devices)
  const { network, clock, history } = device.parts
  const dice = random.next()
  if (dice < 0.38) return act(today, device)
  if (dice < 0.54) return bell(today)
  if (dice < 0.66) {
    network.isUp = !network.isUp
    history.write(device.name, network.isUp ? 'meets the network' : 'loses the network')
    if (network.isUp) device.meetNetwork()
  } else if (dice < 0.75) {
    if (device.journal) device.meetNetwork()
    else if (!comesLater(today, device)) device.turnOn()
    // In the middle of whatever its sync is doing by then.
    if (random.chance(0.7)) world.after(random.int(0, 4000), () => device.crash())
  } else if (dice < 0.81) {
    const offset = someOffset(random)
    history.write(device.name, 'sets its clock', offset)
    clock.set(offset)
  } else if (dice < 0.85) {
    clock.fallAsleep()
    world.after(random.int(minute, hour), () => clock.wake())
  } else if (dice < 0.89) {
    random.pick(school.servers).kill(random.pick([random.int(500, 5_000), random.int(minute, 15 * minute)]))
  } else if (dice < 0.935) {
    lag(today)
  } else if (dice < 0.955) {
    const locals = random.chance(0.6)
    today.backups.push({ made: school.stores.backup(locals), locals })
  } else if (dice < 0.965) {
    const backup = today.backups.at(-1)
    if (backup) await school.restore(backup.made, backup.locals)
  } else if (dice < 0.972) {
    school.setClock(random.int(-3 * day, 3 * day))
  } else {
    for (const { parts } of devices) parts.network.isUp = random.chance(0.6)
  }
}

// Most first syncs of a cluster wait until one of its copies lags: that is where a reading may miss something (P-2).
function comesLater({ random, school }: Day, device: SimulatedDevice): boolean {
  return school.stores.kind === 'copies' && !device.wasOn && random.chance(0.8)
}

// P-2: for up to a minute nothing reaches one of the copies, while people write and somebody's first sync begins.
function lag(today: Day): void {
  const { random, world, conditions, school, devices } = today
  if (conditions.laggard !== null || school.stores.kind === 'one') return
  conditions.laggard = random.int(0, 2)
  bell(today, random.pick(quietLessons))
  for (const device of devices) {
    if (device.journal) device.meetNetwork()
    else world.after(random.int(1_000, 30_000), () => device.turnOn())
  }
  world.after(random.int(5_000, minute), () => {
    conditions.laggard = null
    school.stores.catchUp()
  })
}

// The bell rings: everybody writes at once; often all meet the network again in the same room, over the same lesson.
function bell(today: Day, lesson?: string): void {
  const { random, devices } = today
  const isTogether = random.chance(0.6)
  for (const device of devices) {
    if (isTogether) device.parts.network.isUp = true
    act(today, device, lesson ?? (isTogether ? sharedLesson : undefined))
    if (isTogether) device.meetNetwork()
  }
}

function act(today: Day, device: SimulatedDevice, lesson?: string): void {
  const { random } = today
  // Whoever wants to write, and finds the device off, may switch it on.
  if (!device.journal && random.chance(0.4) && !comesLater(today, device)) device.turnOn()
  if (!device.journal || device.person.startsWith('g')) return
  const times = random.chance(0.2) ? random.int(2, 12) : 1
  for (let i = 0; i < times; i += 1) {
    const draft = someDraft(device.person, random, lesson)
    if (random.chance(0.1)) device.undo(draft.sheet)
    else device.write(draft)
  }
}

/** Everything works again: what is left must now come right by itself. */
export async function heal({ world, school, devices, conditions }: Day): Promise<void> {
  // What is to die in mid-sync still dies first.
  await world.run(world.now() + 5000)
  school.parts.interrupts.stop()
  conditions.faults = noStoreFaults
  for (const server of school.servers) server.start()
  for (const device of devices) {
    device.parts.network.isUp = true
    device.parts.network.faults = noFaults
    device.parts.clock.wake()
    device.turnOn()
    device.meetNetwork()
  }
}
