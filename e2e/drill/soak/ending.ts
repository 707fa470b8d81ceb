import { canonicalJson } from 'shared/plain/hash'
import { OutsideDevice } from '../../outside/device'
import { Patience } from '../../patience'
import type { AtRest } from '../bad-requests/journal-after'
import type { Life } from './life'

/** ms for one device. */
const most = 120_000

/** Lets every device send what it has and take what is new; what does not come to rest is told. */
export async function settle(lives: readonly Life[]): Promise<string[]> {
  const faults: string[] = []
  for (const life of lives) {
    const patience = new Patience(most, 10_000)
    life.rest()
    let failure = await life.device.sync()
    while (failure !== null && patience.isLeft()) failure = await life.device.sync()
    const { unsent } = life.device.journal.status()
    if (failure !== null || unsent > 0) faults.push(`${nameOf(life)} ends with ${unsent} unsent (${failure})`)
  }
  return faults
}

/** Every device shows what a new one of the same person would show. Ask when nobody writes any more. */
export async function compareDevices(lives: readonly Life[]): Promise<string[]> {
  const faults: string[] = []
  const byPerson = new Map<string, Life[]>()
  for (const life of lives) {
    const { person } = life.device.journal.me
    byPerson.set(person, [...(byPerson.get(person) ?? []), life])
  }
  for (const all of byPerson.values()) {
    const [first] = all
    if (!first) continue
    const fresh = new OutsideDevice({ person: first.person, name: 'fresh' })
    await fresh.sync()
    fresh.stop()
    for (const life of all) {
      // What others wrote while the devices before this one synced.
      await life.device.sync()
      const differs = difference(fresh, life.device)
      if (differs !== null) faults.push(`${nameOf(life)} does not show what a new device shows: ${differs}`)
    }
  }
  return faults
}

function difference(one: OutsideDevice, other: OutsideDevice): string | null {
  const ids = new Set([...one.disk.sheets.keys(), ...other.disk.sheets.keys()])
  for (const id of ids) {
    const [a, b] = [one.disk.sheets.get(id), other.disk.sheets.get(id)]
    if (!a || !b) return `${id} is ${a ? 'missing' : 'still there'}`
    if (canonicalJson([a.cells, a.own]) !== canonicalJson([b.cells, b.own])) return id
  }
  return null
}

/** Everything that was durable on some device is in the journal, once, and the journal verifies. */
export function compareWithJournal(lives: readonly Life[], { entries, faults }: AtRest): string[] {
  const lost = lives.flatMap((life) =>
    [...life.device.kept].filter((id) => !entries.has(id)).map((id) => `${id} of ${nameOf(life)} is lost`),
  )
  return [...faults, ...lost]
}

function nameOf({ device }: Life): string {
  return device.journal.me.person
}
