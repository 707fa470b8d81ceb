import { checkQuiet } from './check-quiet'
import { checkRights } from './check-rights'
import type { TruthCheck } from './check-truth'
import type { Complaint } from './complaint'
import type { SimulatedDevice } from './device'
import { heal, type Day } from './steps'

const minute = 60_000

/** Everything works again, until all is quiet; then everything is checked. */
export async function conclude(today: Day, truth: TruthCheck): Promise<Complaint[]> {
  const { world, school, devices } = today
  const complaints: Complaint[] = []
  await heal(today)
  const quiet = await world.runUntil(() => devices.every(isSettled), 120 * minute)
  if (!quiet)
    complaints.push({
      rule: 'I11',
      says: 'a device with a network and unsent entries does not get them away',
    })
  await world.run(world.now() + 5 * minute)
  school.stores.catchUp()
  await world.run(world.now() + 5 * minute)
  complaints.push(...(await truth.check()), ...(await checkQuiet(today)), ...(await checkRights(today)))
  return complaints
}

/** Everybody goes home. Returns how many entries lie on the devices. */
export async function end({ school, devices }: Day): Promise<number> {
  const disks = await Promise.all(devices.map(async ({ parts }) => parts.disk.read()))
  const entries = disks.reduce((sum, { rows }) => sum + rows.size, 0)
  school.parts.history.write('end', 'entries', entries)
  for (const device of devices) device.crash()
  for (const server of school.servers) server.kill(1440 * minute)
  return entries
}

function isSettled(device: SimulatedDevice): boolean {
  const status = device.status()
  return status !== null && status.unsent === 0 && status.state === 'idle'
}
