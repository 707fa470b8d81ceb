import { begin, type RunOptions } from './begin'
import { TruthCheck } from './check-truth'
import type { Complaint } from './complaint'
import { conclude, end } from './conclude'
import type { Point } from './points'
import { bringFaults, step, type Day } from './steps'

export interface Outcome {
  seed: number
  complaints: Complaint[]
  hash: string
  lines: readonly string[]
  entries: number
  /** How often harm was done at each point. */
  interrupted: ReadonlyMap<Point, number>
}

const minute = 60_000

/** One school day of 3–8 devices and one or two servers, under everything that a school day brings. */
export async function simulate(options: RunOptions): Promise<Outcome> {
  const today = await begin(options)
  try {
    return await live(today, options.seed)
  } finally {
    today.world.end()
  }
}

async function live(today: Day, seed: number): Promise<Outcome> {
  const { world, random, school, devices } = today
  const { history, interrupts } = school.parts
  const complaints: Complaint[] = []
  const truth = new TruthCheck(school, devices)
  bringFaults(today)
  // The others come during the day: their first sync happens among crashes and lost replies too.
  for (const device of devices) if (random.chance(0.5)) device.turnOn()
  await world.run(world.now() + 2 * minute)

  const steps = random.int(30, 80)
  for (let i = 0; i < steps && complaints.length === 0; i += 1) {
    await step(today)
    await world.run(world.now() + random.int(0, random.chance(0.1) ? 10 * minute : minute))
    // What is once untrue stays so.
    if (i % 8 === 7) complaints.push(...(await truth.check()))
  }
  complaints.push(...(await conclude(today, truth)))
  const entries = await end(today)
  return {
    seed,
    complaints,
    hash: history.hash(),
    lines: history.lines,
    entries,
    interrupted: interrupts.done,
  }
}
