import { checkDevices } from './check-devices'
import { checkHistory, checkLedgers, epochOf, readSchool, type Complaint } from './check-journal'
import { makeRoom, type Room } from './disk-room'
import { heldBy, openSchool, type DrillSchool } from './kill-school'
import { quieten } from './writer'

export interface DiskOptions {
  seed: number
  rounds: number
  log: (line: string) => void
}

export interface DiskFigures {
  rounds: number
  by: Room['by']
  /** Pushes that were answered while the disk was full, by status; 0: no answer. */
  answers: Record<string, number>
  /** Starts over a full disk: refused with a sentence, or up. */
  refusedStarts: number
  startedFull: number
  entries: number
  quietMs: number | null
  complaints: Complaint[]
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * The disk fills up under a server that is being written to, and has room again. While it is full a push is refused as
 * `store-unavailable`; what was acknowledged is there afterwards, also where the server was killed meanwhile.
 */
export async function drillDisk({ seed, rounds, log }: DiskOptions): Promise<DiskFigures> {
  const room = await makeRoom()
  const school = await openSchool({ seed, devices: 6, couchdb: null, dataDir: room.dataDir })
  const { stack, random, writers, readers } = school
  const all = [...writers, ...readers]
  const complaints: Complaint[] = []
  const answers: Record<string, number> = {}
  const starts = { refused: 0, up: 0 }
  try {
    const epoch = await epochOf(stack)
    for (const writer of writers) writer.start()
    for (let round = 1; round <= rounds; round += 1) {
      await sleep(random.int(300, 1_200))
      const before = countAnswers(school)
      await room.fill(random.int(0, 40_000), stack.pid)
      // A log has its block to fill before it asks the disk for more.
      await sleep(random.int(1_500, 3_000))
      const met = since(before, countAnswers(school))
      for (const [status, times] of Object.entries(met)) answers[status] = (answers[status] ?? 0) + times
      complaints.push(...(await checkFull(school, met)))
      const kills = round % 2 === 0
      let says = ''
      if (kills) {
        await stack.kill('SIGKILL')
        says = await startFull(school, starts)
        complaints.push(...checkSentence(says))
      }
      await room.free(stack.pid)
      if (stack.pid === null) await stack.launch()
      const healed = await untilSent(school)
      if (!healed)
        complaints.push({ rule: 'I11', says: `round ${round}: with room again nothing gets through` })
      log(
        `${String(round).padStart(4)}  ${JSON.stringify(met)}${kills ? `, killed while full: ${says || 'up again'}` : ''}`,
      )
    }
    for (const writer of writers) await writer.stop()
    const quietMs = await quieten(all)
    if (quietMs === null) complaints.push({ rule: 'I3', says: 'the devices never came to rest' })
    await stack.kill()
    const left = await readSchool(stack)
    complaints.push(...checkLedgers(left), ...checkHistory(left, epoch))
    complaints.push(...checkDevices(left, all.map(heldBy)))
    return {
      rounds,
      by: room.by,
      answers,
      refusedStarts: starts.refused,
      startedFull: starts.up,
      entries: writers.reduce((sum, { kept }) => sum + kept.size, 0),
      quietMs,
      complaints,
    }
  } finally {
    for (const writer of writers) await writer.stop()
    await school.end()
    await room.remove()
  }
}

/** The server is alive, says that its store is not, and has refused pushes in so many words. */
async function checkFull({ stack, writers }: DrillSchool, met: Record<string, number>): Promise<Complaint[]> {
  const complaints: Complaint[] = []
  if (!isAlive(stack.pid))
    complaints.push({ rule: 'S1', says: `the server died of a full disk: ${stack.output.slice(-400)}` })
  if (!met['503'])
    complaints.push({ rule: 'S1', says: `no push was refused as unavailable: ${JSON.stringify(met)}` })
  const odd = Object.keys(met).filter((status) => !['200', '503', '0'].includes(status))
  if (odd.length > 0) complaints.push({ rule: 'S1', says: `a full disk was answered with ${odd.join(', ')}` })
  const [writer] = writers
  const reply = await writer?.parts.person.fetch('/api/health').catch(() => null)
  if (!reply) complaints.push({ rule: 'S1', says: 'health does not answer while the disk is full' })
  return complaints
}

/** A start over a full disk: what it says where it refuses, empty where it is up. */
async function startFull({ stack }: DrillSchool, starts: { refused: number; up: number }): Promise<string> {
  const from = stack.output.length
  try {
    await stack.launch()
    starts.up += 1
    return ''
  } catch {
    await stack.kill('SIGKILL')
    starts.refused += 1
    return stack.output.slice(from).trim() || 'nothing'
  }
}

// The operator reads a sentence that names the trouble, never a stack.
function checkSentence(said: string): Complaint[] {
  const isClear = said === '' || (/no space|full|room|too large/i.test(said) && !/^ {4}at /m.test(said))
  return isClear ? [] : [{ rule: 'S1', says: `a start over a full disk says: ${said.slice(0, 400)}` }]
}

function isAlive(pid: number | null): boolean {
  if (pid === null) return false
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function untilSent({ writers }: DrillSchool): Promise<boolean> {
  const waiting = writers.map((writer) => ({
    writer,
    ids: [...writer.disk.rows.keys()].filter((id) => !writer.isSent(id)),
  }))
  for (let left = 220; left > 0; left -= 1) {
    if (waiting.every(({ writer, ids }) => ids.every((id) => writer.isSent(id)))) return true
    await sleep(50)
  }
  return false
}

function countAnswers({ writers }: DrillSchool): Map<number, number> {
  const all = new Map<number, number>()
  for (const { answers } of writers)
    for (const [status, times] of answers) all.set(status, (all.get(status) ?? 0) + times)
  return all
}

function since(
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): Record<string, number> {
  const counts = [...after].map(
    ([status, times]) => [String(status), times - (before.get(status) ?? 0)] as const,
  )
  return Object.fromEntries(counts.filter(([, times]) => times > 0))
}
