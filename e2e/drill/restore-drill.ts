import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from 'shared/plain/must'
import type { Complaint } from './check-journal'
import { openSchool } from './kill-school'
import { quantile } from '../bench/compare'
import { restoreRound, type RoundFigures, type RestoreWorld } from './restore-round'
import { Operator } from './restore-tools'

export interface RestoreOptions {
  rounds: number
  seed: number
  devices: number
  /** An address with an administrator, whose databases the drill empties; null: the embedded store. */
  couchdb: string | null
  log: (line: string) => void
}

export interface RestoreFigures {
  rounds: number
  seed: number
  store: 'embedded' | 'couchdb'
  devices: number
  seconds: number
  /** Acknowledged after the backup that was restored: what the devices had to bring back. */
  atRisk: number
  /** Acknowledged, on a living device, and nowhere: must be none. */
  lost: number
  /** Acknowledged on a device that was lost together with the store: nobody can bring these back. */
  gone: number
  unsent: number
  olderBackups: number
  refusals: number
  entries: number
  backupBytes: number
  backupMs: [number, number]
  /** ms from the loss until the restored school answered: median, worst. */
  answeringMs: [number, number]
  /** ms from the loss until every device had sent everything again and held everything. */
  wholeMs: [number, number]
  complaints: Complaint[]
}

/** Rounds of: backup under load, more writing, loss of everything, restore; then every check. */
export async function drillRestore(options: RestoreOptions): Promise<RestoreFigures> {
  const began = Date.now()
  const { rounds, seed, devices, couchdb, log } = options
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-restore-'))
  const school = await openSchool({ seed, devices, couchdb, pause: 300 })
  const operator = new Operator(school.stack, folder, couchdb)
  const world: RestoreWorld = { school, operator, backups: [], epochs: new Set() }
  const all: RoundFigures[] = []
  const complaints: Complaint[] = []
  try {
    const keys = await operator.makeKeys()
    if (keys.code !== 0) throw new Error(`no keys: ${keys.says}`)
    for (let round = 1; round <= rounds; round += 1) {
      const figures = await restoreRound(round, world)
      all.push(figures)
      complaints.push(
        ...figures.complaints.map(({ rule, says }) => ({ rule, says: `round ${round}: ${says}` })),
      )
      log(lineOf(round, figures))
      // What went wrong goes on to be wrong: the first round that tells is the one to look at.
      if (complaints.length > 0) break
    }
  } finally {
    await school.end()
    await rm(folder, { recursive: true, force: true })
  }
  const sum = (of: (figures: RoundFigures) => number) =>
    all.reduce((total, figures) => total + of(figures), 0)
  const spread = (of: (figures: RoundFigures) => number): [number, number] => {
    const values = all.map(of)
    return [Math.round(quantile(values, 0.5)), Math.max(...values)]
  }
  const last = must(all.at(-1), 'a round')
  return {
    rounds: all.length,
    seed,
    store: couchdb ? 'couchdb' : 'embedded',
    devices,
    seconds: Math.round((Date.now() - began) / 1000),
    atRisk: sum(({ atRisk }) => atRisk),
    lost: sum(({ lost }) => lost),
    gone: sum(({ gone }) => gone),
    unsent: sum(({ unsent }) => unsent),
    olderBackups: all.filter(({ backupAge }) => backupAge > 0).length,
    refusals: all.length,
    entries: last.entries,
    backupBytes: last.backupBytes,
    backupMs: spread(({ backupMs }) => backupMs),
    answeringMs: spread(({ answeringMs }) => answeringMs),
    wholeMs: spread(({ wholeMs }) => wholeMs),
    complaints,
  }
}

function lineOf(round: number, figures: RoundFigures): string {
  const { refusal, backupAge, atRisk, lost, gone, unsent, backupMs, answeringMs, wholeMs, ms } = figures
  return [
    String(round).padStart(4),
    refusal.padEnd(10),
    backupAge > 0 ? 'older backup' : 'this backup ',
    `backup ${backupMs} ms`,
    `at risk ${atRisk}, unsent ${unsent}, lost ${lost}, gone ${gone}`,
    `answers in ${answeringMs} ms, whole in ${wholeMs} ms`,
    `round ${Math.round(ms / 100) / 10} s`,
  ].join('  ')
}
