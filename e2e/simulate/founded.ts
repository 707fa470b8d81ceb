import type { Signer } from '../../sync-server/src/journal/port'
import { StoreUnavailable } from '../../sync-server/src/store/store'
import { History } from './history'
import { Interrupts } from './interrupts'
import { foundingEntries, morning } from './people'
import { Random } from './random'
import { School } from './school'
import {
  makeSchoolStores,
  noStoreFaults,
  type SchoolStores,
  type StoreKind,
  type Surroundings,
} from './school-stores'
import { World } from './world'

const hour = 3_600_000
const known = new Map<StoreKind, SchoolStores>()

/** A school that was founded without trouble: done once in a process, and copied for each run. */
export async function foundedStores(
  kind: StoreKind,
  around: Surroundings,
  signer: Signer,
): Promise<SchoolStores> {
  const founded = known.get(kind) ?? (await foundOnce(kind, signer))
  known.set(kind, founded)
  return founded.backup(true, around)
}

async function foundOnce(kind: StoreKind, signer: Signer): Promise<SchoolStores> {
  const world = new World(morning - hour)
  const random = new Random(0)
  const stores = makeSchoolStores(kind, {
    world,
    random,
    faults: () => noStoreFaults,
    laggard: () => null,
    pace: () => 60,
  })
  const history = new History(() => world.now())
  const interrupts = new Interrupts(world, random, history)
  const school = new School({ stores, signer, history, interrupts, size: 1, broken: null })
  await foundIn(school)
  await world.run(world.now() + 10_000)
  stores.catchUp()
  for (const server of school.servers) server.kill(24 * hour)
  world.end()
  return stores
}

/** Founds a school, however often its first server dies of it (S4). */
export async function foundIn(school: School): Promise<void> {
  const [server] = school.servers
  const { world } = school
  if (!server) throw new Error('a school without servers')
  server.start()
  for (let isFounded = false; !isFounded;) {
    if (!(await world.runUntil(() => server.journal !== null, hour)))
      throw new Error('the server does not start')
    const { journal } = server
    let outcome: 'done' | 'failed' | null = null
    journal?.found(foundingEntries()).then(
      () => (outcome = 'done'),
      (error: unknown) => {
        outcome = 'failed'
        // Founded, though it died before it could say so.
        if (!(error instanceof StoreUnavailable)) isFounded = true
      },
    )
    const isOver = () => outcome !== null || server.journal !== journal
    if (!(await world.runUntil(isOver, hour))) throw new Error('the founding does not end')
    isFounded ||= outcome === 'done'
  }
}
