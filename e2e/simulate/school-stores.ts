import {
  makeCopiedStores,
  type CopiedStores,
  type CopiesOptions,
} from '../../sync-server/src/store/memory-copies'
import { makeMemoryStores, type MemoryOptions, type MemoryStores } from '../../sync-server/src/store/memory'
import { StoreUnavailable, type StoreFactory } from '../../sync-server/src/store/store'
import type { Random } from './random'
import type { World } from './world'

export interface StoreFaults {
  /** Chances that a write meets a concurrent one, that its answer is lost though it is kept, that it is lost. */
  conflict: number
  uncertainKept: number
  uncertainLost: number
  unavailable: number
}

export const noStoreFaults: StoreFaults = { conflict: 0, uncertainKept: 0, uncertainLost: 0, unavailable: 0 }

export type StoreKind = 'one' | 'copies'

/** What the school's servers keep everything in: one store in a process, or a cluster of three copies. */
export interface SchoolStores {
  readonly kind: StoreKind
  readonly factory: StoreFactory
  /** Every copy of a cluster has all there is. */
  catchUp(): void
  /** All there is now: what a backup restores (O3). Without local documents it is as `couchbackup` leaves it. */
  backup(locals: boolean, around?: Surroundings): SchoolStores
}

/** What stores depend on in one run. */
export interface Surroundings {
  world: World
  random: Random
  faults: () => StoreFaults
  /** The copy of a cluster that nothing reaches now. */
  laggard: () => number | null
  /** How long something sent to a copy may be under way (ms). */
  pace: () => number
}

export function makeSchoolStores(kind: StoreKind, around: Surroundings): SchoolStores {
  if (kind === 'one') return oneStore(makeMemoryStores(memoryOptions(around)), around)
  return copies(makeCopiedStores(copiesOptions(around)), around)
}

function oneStore(factory: MemoryStores, around: Surroundings): SchoolStores {
  return {
    kind: 'one',
    factory,
    catchUp: () => {},
    backup: (locals, other = around) => oneStore(factory.backup(memoryOptions(other), { locals }), other),
  }
}

function copies(factory: CopiedStores, around: Surroundings): SchoolStores {
  return {
    kind: 'copies',
    factory,
    catchUp: () => factory.catchUp(),
    backup: (locals, other = around) => copies(factory.backup(copiesOptions(other), { locals }), other),
  }
}

function memoryOptions({ random, faults }: Surroundings): MemoryOptions {
  return {
    shared: true,
    onWrite: (database, { doc }) => {
      if (!isOfSheets(database) || !doc._id.includes(':')) return null
      const { conflict, uncertainKept, uncertainLost, unavailable } = faults()
      if (random.chance(unavailable)) throw new StoreUnavailable('the store is away')
      if (random.chance(conflict)) return 'conflict'
      if (random.chance(uncertainKept)) return 'uncertain-kept'
      return random.chance(uncertainLost) ? 'uncertain-lost' : null
    },
  }
}

function copiesOptions({ world, random, faults, laggard, pace }: Surroundings): CopiesOptions {
  return {
    shared: true,
    schedule: (ms, task) => world.after(ms, task),
    // Each copy in its own time, so that of two bulks at once each comes first somewhere.
    delay: () => random.int(1, pace()),
    spread: () => random.int(20, 3_000),
    pick: (n) => random.int(0, n - 1),
    lags: (copy) => copy === laggard(),
    losesAnswer: (database) => isOfSheets(database) && random.chance(faults().uncertainKept),
  }
}

function isOfSheets(database: string): boolean {
  return database.startsWith('journal-')
}
