import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EntryId } from 'shared/journal/ids'
import { must } from 'shared/plain/must'
import { checkDevices } from './check-devices'
import { checkLedgers, entriesIn, readSchool, type Complaint } from './check-journal'
import { heldBy, type DrillSchool } from './kill-school'
import { acknowledged, checkShown, lostOf, shownBy } from './restore-check'
import { Latecomer } from './restore-latecomer'
import { loseEverything } from './restore-loss'
import { refusalKinds, tryRefused, type RefusalKind } from './restore-refusals'
import type { Operator } from './restore-tools'
import { quieten } from './writer'

interface Backup {
  file: string
  bytes: number
  ms: number
  /** Acknowledged before it began: must be in it. */
  acknowledged: ReadonlySet<EntryId>
}

export interface RestoreWorld {
  school: DrillSchool
  operator: Operator
  /** Of every round so far, in order. */
  backups: Backup[]
  epochs: Set<string>
}

export interface RoundFigures {
  refusal: RefusalKind
  /** How many rounds ago the restored backup was made. */
  backupAge: number
  atRisk: number
  unsent: number
  lost: number
  gone: number
  entries: number
  backupBytes: number
  backupMs: number
  answeringMs: number
  wholeMs: number
  ms: number
  complaints: Complaint[]
}

/** ms of writing before a backup, and between it and the loss. */
const underLoad = 1_200

/** One round: what is done in it follows from its number, who writes what when from the seed and from chance. */
export async function restoreRound(round: number, world: RestoreWorld): Promise<RoundFigures> {
  const began = Date.now()
  const { school, operator, backups, epochs } = world
  const { stack, random, writers } = school
  const complaints: Complaint[] = []
  const all = [...writers, ...school.readers]
  const isCalm = round % 2 === 0
  const isTabletLost = round % 3 === 0
  const backupAge = round % 4 === 0 ? 1 : 0
  const refusal = must(refusalKinds[round % refusalKinds.length], 'a kind')

  // The last round's checks read the store without a server.
  if (stack.pid === null) await stack.launch()
  for (const writer of writers) writer.start()
  epochs.add(await epochAt(stack.url))
  await sleep(underLoad)
  const made = await backUp(round, world)
  backups.push(made)
  complaints.push(...(await tryRefused(refusal, { operator, backup: made.file, random })))
  const login = must(writers[round % writers.length], 'a writer').name.replace(/-\d+$/, '')
  const latecomer = await Latecomer.signIn(stack.url, login, `late-${round}`)
  await latecomer.work(random)
  await sleep(underLoad)
  if (isCalm) {
    for (const writer of writers) await writer.stop()
    if ((await quieten(all)) === null) complaints.push({ rule: 'I3', says: 'no rest before the loss' })
  }
  const shown = isCalm && !isTabletLost ? shownBy(must(school.readers.at(-1), 'a family')) : null

  const restored = must(backups.at(-1 - backupAge), 'a backup')
  const lostAt = Date.now()
  const known = acknowledged(writers)
  const anchors = await loseEverything(stack, operator, { keepAnchors: round % 2 === 1 })
  const ran = await operator.restore(restored.file, { anchors })
  if (ran.code !== 0) throw new Error(`the restore said no: ${ran.says}`)
  // They wrote on through the outage. What they hold they drop in the new epoch, and have nothing to write on till it is back.
  for (const writer of writers) await writer.stop()
  const unsent = writers.reduce((sum, writer) => sum + writer.unsent, 0)
  const saidBefore = stack.output.length
  await stack.launch()
  const answeringMs = Date.now() - lostAt
  const epoch = await epochAt(stack.url)
  if (epochs.has(epoch)) complaints.push({ rule: 'O3', says: `the epoch after the restore is an old one` })

  if (isTabletLost) latecomer.stop()
  else complaints.push(...(await signInAgain(latecomer)))
  if ((await quieten(all)) === null) complaints.push({ rule: 'I3', says: 'the devices never came to rest' })
  // In the second turn it too has heard what others sent.
  if (!isTabletLost && (await latecomer.sync()) !== null)
    complaints.push({ rule: 'I3', says: 'the late device did not come to rest' })
  const wholeMs = Date.now() - lostAt
  if (backupAge === 0 && (await epochAt(stack.url)) !== epoch)
    complaints.push({ rule: 'O3', says: 'a second epoch began, of a loss that was known' })
  if (backupAge === 0 && stack.output.slice(saidBefore).includes('SET BACK'))
    complaints.push({ rule: 'O3', says: 'an alarm, of a loss that was known' })
  complaints.push(...checkShown(shown, shownBy(must(school.readers.at(-1), 'a family'))))

  await stack.kill()
  const left = await readSchool({ dataDir: stack.dataDir, couchdb: operator.couchdb })
  const held = [...all.map(heldBy), ...(isTabletLost ? [] : [latecomer.held()])]
  complaints.push(...checkLedgers(left), ...checkDevices(left, held))
  const late = new Set(latecomer.receipts().map(({ entry }) => entry))
  const living = isTabletLost ? known : new Set([...known, ...late])
  const lost = lostOf(living, left)
  for (const id of lost) complaints.push({ rule: 'I1', says: `${id} was acknowledged and is nowhere` })
  if (left.verified.setBack.length === 0)
    complaints.push({ rule: 'L2', says: 'the anchors do not tell of the restore' })
  latecomer.stop()
  return {
    refusal,
    backupAge,
    atRisk: [...living].filter((id) => !restored.acknowledged.has(id)).length,
    unsent,
    lost: lost.length,
    gone: isTabletLost ? lostOf(late, left).length : 0,
    entries: entriesIn(left.docs).size,
    backupBytes: made.bytes,
    backupMs: made.ms,
    answeringMs,
    wholeMs,
    ms: Date.now() - began,
    complaints,
  }
}

async function backUp(round: number, { school, operator }: RestoreWorld): Promise<Backup> {
  const before = acknowledged(school.writers)
  const file = join(operator.folder, `round-${round}.age`)
  const ran = await operator.backUp(file)
  if (ran.code !== 0) throw new Error(`the backup said no: ${ran.says}`)
  return { file, bytes: (await stat(file)).size, ms: ran.ms, acknowledged: before }
}

/** Whoever signed in after the backup signs in again; nobody else has to. */
async function signInAgain(latecomer: Latecomer): Promise<Complaint[]> {
  const failure = await latecomer.sync()
  await latecomer.signInAgain()
  const again = await latecomer.sync()
  return [
    ...(failure === 'signed-out'
      ? []
      : [{ rule: 'R7', says: `a session newer than the backup: ${failure}` }]),
    ...(again === null ? [] : [{ rule: 'R7', says: `signed in again, and: ${again}` }]),
  ]
}

async function epochAt(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/health`)
  return ((await reply.json()) as { epoch: string }).epoch
}
