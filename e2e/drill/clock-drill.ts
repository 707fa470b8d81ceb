import type { EntryId } from 'shared/journal/ids'
import type { Admission, Receipt } from 'shared/journal/receipt'
import { groupBy } from 'shared/plain/group-by'
import { SchoolSide } from '../school'
import { checkDevices } from './check-devices'
import { checkHistory, checkLedgers, epochOf, readSchool, type Complaint } from './check-journal'
import { heldBy, openSchool, type DrillSchool } from './kill-school'
import { quieten } from './writer'

export interface ClockOptions {
  seed: number
  /** ms of writing under each clock. */
  writeFor: number
  /** The server's clock at each start, as ms beside the lesson's. */
  starts?: readonly number[]
  log: (line: string) => void
}

export interface ClockFigures {
  clocks: number
  entries: number
  /** Entries that wait for a deputy because their moment is in doubt (T3). */
  inDoubt: number
  late: number
  /** Entries received at an earlier time of the server than others that came before them. */
  receivedBack: number
  complaints: Complaint[]
}

const hour = 3_600_000
const day = 24 * hour
/** Two hours slow, three days fast, and right between. */
const allStarts = [0, -2 * hour, 3 * day, 0, 3 * day, -2 * hour, 0]
/** The devices' own clocks: right, slow, fast, and a year off. */
const offsets = [0, -2 * hour, 3 * day, 365 * day]

/** A server whose clock is wrong, and right again, between restarts: nothing is lost, and no version goes back (T1–T3, P-2). */
export async function drillClock({
  seed,
  writeFor,
  log,
  starts = allStarts,
}: ClockOptions): Promise<ClockFigures> {
  const school = await openSchool({ seed, devices: 6, couchdb: null, offsets, recently: 0.6 })
  const { stack, writers, readers } = school
  const all = [...writers, ...readers]
  const complaints: Complaint[] = []
  const versions = new Map<string, number>()
  const given: Receipt[] = []
  try {
    const epoch = await epochOf(stack)
    for (const [turn, ms] of starts.entries()) {
      const clock = new Date(Date.parse(stack.options.clock ?? '') + ms).toISOString()
      const before = new Set(writers.flatMap(({ kept }) => [...kept]))
      if (turn > 0) {
        await writeUnsent(school)
        await stack.kill(turn % 2 === 0 ? 'SIGTERM' : 'SIGKILL')
        await stack.launch(clock)
      }
      await writeWhile(school, writeFor)
      if ((await quieten(all, 60_000)) === null)
        complaints.push({ rule: 'I3', says: `at ${clock} the devices never came to rest` })
      const receipts = receiptsSince(school, before)
      given.push(...receipts)
      complaints.push(...checkMade(school, receipts), ...(await checkVersions(school, versions, clock)))
      log(`${clock}  ${receipts.length} entries: ${spread(receipts)}`)
    }
    await stack.kill()
    const left = await readSchool(stack)
    complaints.push(...checkLedgers(left), ...checkHistory(left, epoch))
    complaints.push(...checkDevices(left, all.map(heldBy)))
    const waitingFor = (why: string) =>
      given.filter(({ admission }) => admission.is === 'waiting' && admission.why === why).length
    if (waitingFor('time-unknown') === 0)
      complaints.push({ rule: 'T3', says: 'no moment was ever in doubt: the drill shows nothing' })
    return {
      clocks: starts.length,
      entries: given.length,
      inDoubt: waitingFor('time-unknown'),
      late: waitingFor('late') + waitingFor('late-delivery'),
      receivedBack: given.filter(({ received }, i) => received < (given[i - 1]?.received ?? 0)).length,
      complaints,
    }
  } finally {
    for (const writer of writers) await writer.stop()
    await school.end()
  }
}

function spread(receipts: readonly Receipt[]): string {
  const kinds = groupBy(receipts, ({ admission }) => (admission.is === 'in' ? 'in' : whyOf(admission)))
  return [...kinds].map(([kind, some]) => `${some.length} ${kind}`).join(', ')
}

function whyOf(admission: Exclude<Admission, { is: 'in' }>): string {
  return admission.is === 'out' ? admission.why : (admission.why ?? `waiting for ${admission.for}`)
}

async function writeWhile({ writers }: DrillSchool, ms: number): Promise<void> {
  for (const writer of writers) writer.start()
  await new Promise((resolve) => setTimeout(resolve, ms))
  for (const writer of writers) await writer.stop()
}

// Written before the server's clock changes and sent after it, over a restart of every second device: of these nobody
// can say when they were made but that it was between two contacts (T2).
async function writeUnsent({ writers }: DrillSchool): Promise<void> {
  for (const [i, writer] of writers.entries()) {
    for (let left = 6; left > 0; left -= 1) await writer.write()
    if (i % 2 === 0) writer.die()
  }
}

function receiptsSince({ writers }: DrillSchool, before: ReadonlySet<EntryId>): Receipt[] {
  const rows = writers.flatMap(({ disk }) => [...disk.rows.values()])
  return rows.flatMap(({ entry, receipt }) => (receipt && !before.has(entry.id) ? [receipt] : []))
}

// T1: the interval is one, it does not end after the receipt, nor begin before the fact that the entry carries — unless
// that fact is from a time which the server's clock has not reached again.
function checkMade({ writers }: DrillSchool, receipts: readonly Receipt[]): Complaint[] {
  const rows = new Map(writers.flatMap(({ disk }) => [...disk.rows]))
  return receipts.flatMap(({ entry, made: { from, to }, received, admission }) => {
    const contact = rows.get(entry)?.entry.made.contact?.time ?? 0
    const isRight = from <= to && to <= received && from >= Math.min(contact, received)
    const says = `${entry}: made ${from}–${to}, received ${received}, contact ${contact}`
    // A clock is never a reason to refuse for good (A1).
    if (admission.is === 'out') return [{ rule: 'A1', says: `${entry} was refused: ${admission.why}` }]
    return isRight ? [] : [{ rule: 'T1', says }]
  })
}

// P-2: somebody new sees each sheet at least as new as it ever was.
async function checkVersions(
  { stack }: DrillSchool,
  versions: Map<string, number>,
  clock: string,
): Promise<Complaint[]> {
  const reader = await SchoolSide.as(stack, 'klimova')
  return (await reader.sheets()).flatMap(({ id, version }) => {
    const known = versions.get(id) ?? 0
    versions.set(id, Math.max(known, version))
    return version < known
      ? [{ rule: 'P-2', says: `at ${clock} ${id} went back from ${known} to ${version}` }]
      : []
  })
}
