import type { History } from './history'
import { allPoints, harms, type Harm, type Point } from './points'
import type { Random } from './random'
import type { World } from './world'

/** What is to happen at a point: let it pass so many times, then do harm so many times. */
export interface Planned {
  point: Point
  harm: Harm
  after: number
  times: number
}

/** Whoever passes points: a device or a server. */
export interface Process {
  readonly name: string
  readonly isAlive: () => boolean
  readonly kill: () => void
  /** Until when it stands still: a process that was stopped goes on with what it had begun (ms). */
  readonly frozenUntil?: () => number
}

/** Does harm at named points, as planned. */
export class Interrupts {
  plan: Planned[]
  readonly done = new Map<Point, number>()
  /** How long a call of the store may take in this run (ms): the longer, the more servers get between each other's. */
  pace = 120

  constructor(
    readonly world: World,
    readonly random: Random,
    readonly history: History,
    plan: readonly Planned[] = [],
  ) {
    this.plan = plan.map((one) => ({ ...one }))
  }

  /** What befalls whoever passes this point now. */
  at(point: Point, who: string): Harm | null {
    const planned = this.plan.find((one) => one.point === point && one.times > 0)
    if (!planned) return null
    if (planned.after > 0) {
      planned.after -= 1
      return null
    }
    planned.times -= 1
    this.done.set(point, (this.done.get(point) ?? 0) + 1)
    this.history.write(who, `${planned.harm} at`, point)
    return planned.harm
  }

  /** Passes a point: goes on, late or at once, throws, or is dead and never comes back. */
  async pass(point: Point, process: Process, failure: () => Error): Promise<void> {
    const harm = this.at(point, process.name)
    if (harm === null) return
    if (harm === 'error') throw failure()
    if (harm === 'kill') process.kill()
    else await this.hang()
    if (!process.isAlive()) return never()
  }

  hang(): Promise<void> {
    return this.world.sleep(this.howLong())
  }

  howLong(): number {
    return this.random.int(5_000, 180_000)
  }

  stop(): void {
    this.plan = []
  }
}

/** A few interruptions somewhere, for a run. */
export function somePlan(random: Random): Planned[] {
  const count = random.pick([0, 1, 1, 2, 3])
  return Array.from({ length: count }, () => ({
    point: random.pick(allPoints),
    harm: random.pick(harms),
    after: random.pick([0, 0, 1, random.int(0, 30)]),
    times: random.int(1, 2),
  }))
}

export function never(): Promise<never> {
  return new Promise(() => {})
}
