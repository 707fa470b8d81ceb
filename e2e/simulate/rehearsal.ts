import { lessonId } from 'shared/journal/ids'
import { begin } from './begin'
import { TruthCheck } from './check-truth'
import type { Complaint } from './complaint'
import { conclude, end } from './conclude'
import type { SimulatedDevice } from './device'
import type { Harm, Point } from './points'
import type { Day } from './steps'

const minute = 60_000
const lessons = [lessonId('m5', '2026-09-16', 2), lessonId('m5', '2026-09-17', 2)]

export interface Rehearsed {
  complaints: Complaint[]
  /** How often the harm was done: less than asked for where the day passed the point less often. */
  done: number
}

/**
 * A short day that passes every named point: a founding, first syncs, entries on two lessons, one that waits, an anchor,
 * and a store that is set back. Harm is done at one point, and everything must come right.
 */
export async function rehearse(point: Point, harm: Harm, times: number, seed = 1): Promise<Rehearsed> {
  const plan = [{ point, harm, after: 0, times }]
  const today = await begin({ seed, plan, kind: 'one', cast: ['t1', 't1', 'd1'] })
  try {
    return await live(today, point)
  } finally {
    today.world.end()
  }
}

async function live(today: Day, point: Point): Promise<Rehearsed> {
  const { world, school, devices } = today
  const truth = new TruthCheck(school, devices)
  for (const device of devices) device.turnOn()
  await world.run(world.now() + minute)
  const [first, second, deputy] = devices
  await write(today, first, '5')
  await write(today, second, '4')
  // It waits for a column that nobody has made (A1).
  first?.write({ sheet: lessons[0] ?? '', kind: 'set-mark', set: [{ cell: 'mark:k1:s1', value: '3' }] })
  await world.run(world.now() + 2 * minute)
  await anchors(today)
  const backup = school.stores.backup(true)
  await write(today, second, '3')
  deputy?.write({
    sheet: 'timetable:c5a',
    kind: 'keep-directory',
    set: [{ cell: 'substitution:m5:2026-09-17:2', value: { teacher: 't3', cancelled: false, room: null } }],
  })
  await world.run(world.now() + 2 * minute)
  await school.restore(backup, true)
  await world.run(world.now() + 3 * minute)
  await write(today, first, '2')
  await anchors(today)
  await world.run(world.now() + minute)
  const { done } = school.parts.interrupts
  const complaints = await conclude(today, truth)
  await end(today)
  return { complaints, done: done.get(point) ?? 0 }
}

// Both lessons without a network, so that they go in one bulk.
async function write({ world }: Day, device: SimulatedDevice | undefined, value: string): Promise<void> {
  if (!device) return
  const { network } = device.parts
  network.isUp = false
  for (const sheet of lessons)
    device.write({ sheet, kind: 'set-mark', set: [{ cell: 'mark:answer:s1', value }] })
  await world.run(world.now() + 1_000)
  network.isUp = true
  device.meetNetwork()
  await world.run(world.now() + 20_000)
}

// An hour in a moment.
async function anchors({ world, school }: Day): Promise<void> {
  for (const { journal } of school.servers) void journal?.anchor().catch(() => {})
  await world.run(world.now() + 5_000)
}
