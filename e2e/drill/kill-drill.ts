import { must } from 'shared/plain/must'
import { Patience } from '../patience'
import { checkDevices } from './check-devices'
import { checkHistory, checkLedgers, epochOf, readSchool, type Complaint } from './check-journal'
import type { KillBrowser } from './kill-browser'
import { faultKinds, harm, type CouchCommands, type FaultKind, type Harm } from './kill-faults'
import { heldBy, openSchool, type DrillSchool } from './kill-school'
import { quieten } from './writer'

export interface KillOptions {
  rounds: number
  seed: number
  devices: number
  couchdb: string | null
  couch: CouchCommands | null
  /** A real Chromium is killed in every so many-th round; 0: in none. */
  browserEvery: number
  /** ms that a device may go without getting its entries through while everything is well. */
  stall: number
  log: (line: string) => void
}

export interface KillFigures {
  rounds: number
  seed: number
  store: 'embedded' | 'couchdb'
  seconds: number
  byKind: Partial<Record<FaultKind, number>>
  devices: number
  deaths: number
  /** Blows that fell on at least one push under way. */
  midPush: number
  entries: number
  browserMarks: number
  lost: number
  doubled: number
  sheets: number
  inLedgers: number
  anchors: number
  chainFaults: number
  startMs: number
  /** ms from the end of a harm until what devices had not sent then was at the school: the median, and the most. */
  throughMs: number
  throughMostMs: number
  /** ms from healing until every device had sent and received everything; null: never. */
  quietMs: number | null
  complaints: Complaint[]
}

/** Rounds of harm under writing, then rest, then every check. The seed chooses the harm, not how processes run beside each other. */
export async function drillKill(options: KillOptions): Promise<KillFigures> {
  const began = Date.now()
  const { rounds, seed, devices, couchdb, couch, browserEvery, stall, log } = options
  const school = await openSchool({ seed, devices, couchdb })
  log(`${devices} devices write in a school, opened in ${Date.now() - began} ms`)
  const browser = browserEvery > 0 ? await openBrowser(school) : null
  const harmed: Harm = { school, couch, browser, starts: [], struck: [] }
  const byKind: KillFigures['byKind'] = {}
  const complaints: Complaint[] = []
  const through: number[] = []
  try {
    const epoch = await epochOf(school.stack)
    for (const writer of school.writers) writer.start()
    for (let round = 1; round <= rounds; round += 1) {
      const kind = browser && round % browserEvery === 0 ? 'browser' : someKind(harmed)
      byKind[kind] = (byKind[kind] ?? 0) + 1
      const roundBegan = Date.now()
      const says = await harm(kind, harmed)
      const healed = Date.now()
      complaints.push(...(await checkStall(school, stall)))
      through.push(Date.now() - healed)
      log(
        `${String(round).padStart(4)}  ${kind.padEnd(15)} ${Date.now() - roundBegan} ms  ${says}; through after ${through.at(-1)} ms`,
      )
    }
    for (const writer of school.writers) await writer.stop()
    await browser?.settle()
    const all = [...school.writers, ...school.readers]
    const quietMs = await quieten(all)
    if (quietMs === null) complaints.push({ rule: 'I3', says: 'the devices never came to rest' })
    await school.stack.kill()
    const left = await readSchool(school.stack)
    complaints.push(...checkLedgers(left), ...checkHistory(left, epoch))
    complaints.push(...checkDevices(left, all.map(heldBy)))
    complaints.push(...(browser?.check(left.docs) ?? []))
    const rule = (name: string) => complaints.filter((complaint) => complaint.rule === name)
    return {
      rounds,
      seed,
      store: couchdb ? 'couchdb' : 'embedded',
      seconds: Math.round((Date.now() - began) / 1000),
      byKind,
      devices: all.length,
      deaths: school.writers.reduce((sum, { deaths }) => sum + deaths, 0) + (browser?.deaths ?? 0),
      midPush: harmed.struck.filter((pushes) => pushes > 0).length,
      entries: school.writers.reduce((sum, { kept }) => sum + kept.size, 0),
      browserMarks: browser?.confirmed.length ?? 0,
      lost: rule('I1').filter(({ says }) => !/twice|stands on/.test(says)).length,
      doubled: rule('I1').filter(({ says }) => /twice|stands on/.test(says)).length,
      sheets: left.verified.sheets,
      inLedgers: left.verified.entries,
      anchors: left.verified.anchors,
      chainFaults: left.verified.faults.length,
      startMs: median(harmed.starts),
      throughMs: median(through),
      throughMostMs: Math.max(0, ...through),
      quietMs,
      complaints,
    }
  } finally {
    for (const writer of school.writers) await writer.stop()
    await browser?.scrap()
    await school.end()
  }
}

// Playwright is there only where a browser is: it does not live in a process of other tests.
async function openBrowser({ stack }: DrillSchool): Promise<KillBrowser> {
  const { KillBrowser } = await import('./kill-browser')
  return KillBrowser.open(stack)
}

function someKind({ school, couch }: Harm): FaultKind {
  const possible = faultKinds.filter((kind) => {
    if (kind === 'couchdb') return couch !== null
    if (kind === 'store-network') return school.storeNetwork !== null
    return kind !== 'browser'
  })
  // The server dies in every third round, whatever else there is to harm.
  return school.random.chance(1 / 3) ? 'server' : school.random.pick(possible)
}

/** I11: with everything well again, what a device on each network has not sent yet goes out. */
async function checkStall({ writers, random }: DrillSchool, stall: number): Promise<Complaint[]> {
  const pair = [0, 1].map((side) => {
    const here = writers.filter((_, i) => i % 2 === side)
    return here.length > 0 ? random.pick(here) : must(writers[0], 'a writer')
  })
  const says = await Promise.all(
    pair.map(async (writer) => {
      const waiting = [...writer.disk.rows.keys()].filter((id) => !writer.isSent(id))
      for (const patience = new Patience(stall, 1_000); patience.isLeft();) {
        if (waiting.every((id) => writer.isSent(id))) return []
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return [{ rule: 'I11', says: `${writer.name} does not get its entries through` }]
    }),
  )
  return says.flat()
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
