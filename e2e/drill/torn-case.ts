import type { EntryId } from 'shared/journal/ids'
import { Person } from '../outside/person'
import { duringLesson } from '../school'
import { Random } from '../simulate/random'
import { Stack } from '../stack'
import { checkDevices } from './check-devices'
import { checkLedgers, entriesIn, readSchool, type Complaint, type School } from './check-journal'
import { heldBy } from './kill-school'
import { copyOf, quieten, Writer } from './writer'

/** What a server made of a damaged store. */
export type Outcome =
  /** Nothing is missing, or devices brought it back. */
  | 'whole'
  /** It does not start, and says why. */
  | 'refused'
  /** It answers 503 for what it cannot read. */
  | 'unavailable'
  /** Something is missing that no device holds, and the verifier names it. */
  | 'named'
  /** Something is missing or wrong, and nothing says so. */
  | 'silent'

export interface TornResult {
  outcome: Outcome
  says: string
  /** The epoch changed: the loss was noticed by a receipt (O3). */
  newEpoch: boolean
  complaints: Complaint[]
}

/** Starts a server over the damaged folder, lets every device come back, and holds what is left against what there was. */
export async function runTorn(
  dataDir: string,
  before: School,
  writers: readonly Writer[],
): Promise<TornResult> {
  let stack: Stack
  try {
    stack = await Stack.start({ demo: 'fixture', clock: duringLesson, dataDir, couchdb: null })
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
  try {
    const again: Writer[] = []
    for (const writer of writers) {
      const born = await reborn(writer, stack.url)
      // What says 503 of itself goes on as if nothing was for nobody.
      if (typeof born === 'string')
        return { outcome: 'unavailable', says: born, newEpoch: false, complaints: [] }
      again.push(born)
    }
    const quietMs = await quieten(again, 20_000)
    for (const { device } of again) device.stop()
    const saw503 =
      again.some(({ answers }) => (answers.get(503) ?? 0) > 0) || /store unavailable/.test(stack.output)
    await stack.kill()
    if (quietMs === null) {
      const says = `the devices never came to rest: ${lastOf(stack.output)}`
      return saw503
        ? { outcome: 'unavailable', says, newEpoch: false, complaints: [] }
        : { outcome: 'silent', says, newEpoch: false, complaints: [{ rule: 'I11', says }] }
    }
    return await judgeLeft(dataDir, before, again)
  } finally {
    await stack.kill('SIGKILL')
  }
}

async function judgeLeft(dataDir: string, before: School, writers: readonly Writer[]): Promise<TornResult> {
  const left = await readSchool({ dataDir, couchdb: null })
  const newEpoch = left.epoch !== before.epoch
  const faults = left.verified.faults
  const complaints = [
    ...checkLedgers(left),
    ...checkDevices(left, writers.map(heldBy)),
    ...missingOf(before, left),
  ]
  if (complaints.length === 0) return { outcome: 'whole', says: '', newEpoch, complaints }
  const says = complaints
    .slice(0, 3)
    .map(({ rule, says }) => `${rule} ${says}`)
    .join('; ')
  return { outcome: faults.length > 0 ? 'named' : 'silent', says, newEpoch, complaints }
}

/** Entries that stood in a ledger before the damage, whoever made them, and stand in none now. */
function missingOf(before: School, left: School): Complaint[] {
  const now = entriesIn(left.docs)
  const missing: [EntryId, string[]][] = [...entriesIn(before.docs)].filter(([id]) => !now.has(id))
  return missing.map(([id, sheets]) => ({ rule: 'I2', says: `${id} of ${sheets.join()} is gone` }))
}

/** The device over what it held, signed in anew; or what the server says where it cannot read who that is. */
async function reborn({ parts, disk, name }: Writer, url: string): Promise<Writer | string> {
  const { person: login } = parts.person.session
  try {
    const person = await Person.signIn({ url, login, password: `${login}-2026`, device: name })
    return new Writer({ person, name, random: new Random(1), disk: copyOf(disk) })
  } catch (error) {
    const said = String(error)
    if (said.includes('store-unavailable')) return said
    throw error
  }
}

function refused(said: string): TornResult {
  const isSentence = /The store/.test(said) && !/^ {4}at /m.test(said)
  const says = lastOf(said)
  if (isSentence) return { outcome: 'refused', says, newEpoch: false, complaints: [] }
  const complaints = [{ rule: 'S1', says: `a start over a damaged store says: ${said.slice(0, 600)}` }]
  return { outcome: 'silent', says, newEpoch: false, complaints }
}

function lastOf(output: string): string {
  return output.trim().split('\n').slice(-2).join(' ').slice(0, 300)
}
