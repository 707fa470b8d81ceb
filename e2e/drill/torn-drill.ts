import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Random } from '../simulate/random'
import { readSchool, type Complaint } from './check-journal'
import { openSchool, type DrillSchool } from './kill-school'
import { runTorn, type Outcome } from './torn-case'
import { copyData, damagedCopy, type Damage } from './torn-damage'

export interface TornOptions {
  seed: number
  flips: number
  cuts: number
  /** ms of writing before the damage. */
  writeFor: number
  log: (line: string) => void
}

export interface TornFigures {
  flips: number
  cuts: number
  entries: number
  outcomes: Partial<Record<Outcome, number>>
  newEpochs: number
  complaints: Complaint[]
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * A journal is written, anchored, written on, and its server killed; then one byte of its store is changed, or the end of
 * one file is missing, again and again. The server must refuse, or find out what is missing: never go on as if nothing was.
 */
export async function drillTorn({ seed, flips, cuts, writeFor, log }: TornOptions): Promise<TornFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-torn-'))
  const school = await openSchool({ seed, devices: 5, couchdb: null, dataDir: join(folder, 'data') })
  const figures: TornFigures = { flips, cuts, entries: 0, outcomes: {}, newEpochs: 0, complaints: [] }
  const random = new Random(seed)
  try {
    await writeAndDie(school, writeFor)
    for (const { device } of school.writers) device.stop()
    // Reading opens the store and tidies its log up: what is damaged is a copy that nobody has opened since the blow.
    await copyData(join(folder, 'data'), join(folder, 'read'))
    const before = await readSchool({ dataDir: join(folder, 'read'), couchdb: null })
    figures.entries = before.verified.entries
    const kinds: Damage['is'][] = [...Array<'flip'>(flips).fill('flip'), ...Array<'cut'>(cuts).fill('cut')]
    for (const [i, kind] of kinds.entries()) {
      const dataDir = join(folder, `case-${i}`)
      const damage = await damagedCopy(join(folder, 'data'), dataDir, kind, random)
      const { outcome, says, newEpoch, complaints } = await runTorn(dataDir, before, school.writers)
      figures.outcomes[outcome] = (figures.outcomes[outcome] ?? 0) + 1
      if (newEpoch) figures.newEpochs += 1
      // What is named is found: the operator restores. What is not is this product's fault.
      if (outcome === 'silent') figures.complaints.push(...complaints)
      log(
        `${String(i + 1).padStart(4)}  ${outcome.padEnd(12)}${newEpoch ? 'new epoch  ' : ''}${JSON.stringify(damage)}  ${says}`,
      )
      await rm(dataDir, { recursive: true })
    }
    return figures
  } finally {
    await school.end()
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeAndDie({ stack, writers }: DrillSchool, writeFor: number): Promise<void> {
  for (const writer of writers) writer.start()
  await sleep(writeFor / 3)
  // Asked to end it writes an anchor; what comes after is in none.
  await stack.kill('SIGTERM')
  await stack.launch()
  await sleep((2 * writeFor) / 3)
  await stack.kill('SIGKILL')
  for (const writer of writers) await writer.stop()
}
