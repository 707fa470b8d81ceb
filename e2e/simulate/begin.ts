import type { Signer } from '../../sync-server/src/journal/port'
import type { Broken } from './breaks'
import { SimulatedClock } from './clock'
import { SimulatedDevice } from './device'
import { memoryDisk, type DeviceDisk } from './disk'
import { foundedStores, foundIn } from './founded'
import { History } from './history'
import { Interrupts, somePlan, type Planned } from './interrupts'
import { Network } from './network'
import { morning } from './people'
import { quickSigner } from './quick-signer'
import { Random } from './random'
import { School } from './school'
import { makeSchoolStores, noStoreFaults, type StoreKind, type Surroundings } from './school-stores'
import { someOffset, type Conditions, type Day } from './steps'
import { World } from './world'

export interface RunOptions {
  seed: number
  broken?: Broken | null
  /** In place of what the seed draws. */
  plan?: readonly Planned[]
  kind?: StoreKind
  cast?: readonly string[]
  mostDevices?: number
  /** In place of memory. */
  disk?: (name: string) => DeviceDisk
  signer?: Signer
}

const colleagues = ['t2', 't3', 't5', 'g1', 'g2', 'd1', 'a1']

/** A school with its servers, and devices that are still off. */
export async function begin(options: RunOptions): Promise<Day> {
  const { seed, broken = null, plan, kind, disk = memoryDisk, signer = quickSigner() } = options
  const random = new Random(seed)
  const world = new World(morning)
  const history = new History(() => world.now())
  const conditions: Conditions = { faults: noStoreFaults, laggard: null }
  const pace = random.pick([120, 120, 600, 1_500])
  const around: Surroundings = {
    world,
    random,
    faults: () => conditions.faults,
    laggard: () => conditions.laggard,
    pace: () => pace,
  }
  const drawn = random.chance(0.35) ? 'copies' : 'one'
  const chosen = kind ?? drawn
  // In a cluster one server alone never gets in its own way.
  const size = chosen === 'copies' || random.chance(0.5) ? 2 : 1
  const planned = plan ?? somePlan(random)
  const interrupts = new Interrupts(world, random, history, planned)
  interrupts.pace = pace
  const common = { signer, history, broken }
  const isFoundedNow =
    planned.some(({ point }) => point.startsWith('server: founding')) || random.chance(0.02)
  const stores = isFoundedNow ? makeSchoolStores(chosen, around) : await foundedStores(chosen, around, signer)
  const school = new School({ ...common, stores, interrupts, size })
  if (isFoundedNow) await foundIn(school)
  else await school.goOn()
  for (const server of school.servers) server.start()
  const devices = (options.cast ?? castFor(random)).slice(0, options.mostDevices).map((person, i) => {
    const name = `device${i}`
    const network = new Network(world, random, school, history)
    const clock = new SimulatedClock(world, name, someOffset(random))
    const parts = { interrupts, network, history, clock, disk: disk(name), broken }
    return new SimulatedDevice(name, person, parts)
  })
  return { world, random, school, devices, conditions, backups: [] }
}

function castFor(random: Random): string[] {
  const others = [...colleagues]
  const size = random.int(1, 6)
  // Two tablets of one teacher are always there: that is where one person conflicts with themselves.
  const came = ['t1', 't1']
  for (let i = 0; i < size; i += 1) came.push(...others.splice(random.int(0, others.length - 1), 1))
  return came
}
