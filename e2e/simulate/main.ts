import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { breakable, isBreakable, type Broken } from './breaks'
import { indexedDisks } from './indexed-disk'
import { commitHere, keepProgress, readProgress, type Told } from './progress'
import { simulate } from './run'

// npm run simulate -- --runs N --seed S [--break RULE | --breaks] [--indexeddb] [--resume FILE] [--history] [--report FILE]
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    break: { type: 'string' },
    /** Breaks each rule in turn, and tells which run notices. */
    breaks: { type: 'boolean', default: false },
    indexeddb: { type: 'boolean', default: false },
    /** Where runs are kept, so that a series that was broken off goes on. */
    resume: { type: 'string' },
    history: { type: 'boolean', default: false },
    report: { type: 'string' },
    /** This process takes every so many-th seed, and tells its parent. */
    share: { type: 'string' },
  },
})

const broken = brokenRule(values.break)

function brokenRule(name: string | undefined): Broken | null {
  if (name === undefined || isBreakable(name)) return name ?? null
  const known = Object.entries(breakable).map(([rule, what]) => `  ${rule}: ${what}`)
  console.error(`--break knows these rules:\n${known.join('\n')}`)
  process.exit(2)
}
const runs = Number(values.runs)
const first = Number(values.seed)
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(first) || first < 0) {
  console.error('--runs takes a whole number from 1, --seed one from 0')
  process.exit(2)
}

if (values.breaks) await breakAll()
else if (values.share) await takeShare(values.share)
else await lead()

async function breakAll(): Promise<void> {
  for (const rule of Object.keys(breakable) as Broken[]) {
    let noticed = 'not noticed'
    for (let i = 0; i < runs && noticed === 'not noticed'; i += 1) {
      const { complaints } = await simulate({ seed: first + i, broken: rule })
      const rules = [...new Set(complaints.map((complaint) => complaint.rule))].sort()
      if (rules.length > 0) noticed = `run ${i + 1} | ${rules.join(', ')}`
    }
    if (noticed === 'not noticed') process.exitCode = 1
    console.log(`| ${rule} | ${breakable[rule]} | ${noticed} |`)
  }
}

async function takeShare(share: string): Promise<void> {
  const [index = 0, of = 1] = share.split('/').map(Number)
  const done = values.resume ? readProgress(values.resume) : new Map<number, Told>()
  for (let i = index; i < runs; i += of) {
    if (done.has(first + i)) continue
    const disks = values.indexeddb ? indexedDisks() : null
    const { seed, hash, entries, complaints, lines } = await simulate({
      seed: first + i,
      broken,
      // The database allows sixteen collections in one process, and a device has two.
      ...(disks ? { disk: disks.disk, mostDevices: 6 } : {}),
    })
    await disks?.close()
    const said = complaints.map(({ rule, says }) => `${rule} ${says}`)
    process.send?.({
      seed,
      hash,
      entries,
      complaints: said,
      ...(values.history ? { lines } : {}),
    } satisfies Told)
  }
  process.disconnect?.()
}

async function lead(): Promise<void> {
  const started = Date.now()
  const commit = commitHere()
  const totals = { done: 0, failures: 0, entries: 0 }
  const count = (told: Told) => {
    totals.done += 1
    totals.entries += told.entries
    if (told.complaints.length > 0) {
      totals.failures += 1
      console.log(`seed ${told.seed} FAILED (history ${told.hash})`)
      for (const complaint of told.complaints.slice(0, 5)) console.log(`  ${complaint}`)
    }
  }
  const { resume } = values
  for (const told of resume ? readProgress(resume).values() : [])
    if (told.seed >= first && told.seed < first + runs) count(told)
  if (totals.done > 0) console.log(`${totals.done} runs are done already`)
  const hear = (told: Told) => {
    if (resume) keepProgress(resume, told, commit)
    count(told)
    if (told.lines) console.log(`${told.lines.join('\n')}\nhistory ${told.hash}`)
    if (totals.done % 100 === 0) {
      const seconds = Math.round((Date.now() - started) / 1000)
      console.log(`${totals.done} runs, ${totals.failures} failures, ${seconds} s`)
    }
  }
  const shares = Math.min(runs, availableParallelism())
  const codes = await Promise.all(Array.from({ length: shares }, (_, i) => sendOut(`${i}/${shares}`, hear)))
  // A share that died has not told all of its runs.
  const silent = runs - totals.done
  const failures = totals.failures + silent
  if (silent > 0) console.log(`${silent} runs did not end (exit codes ${codes.join(', ')})`)
  console.log(
    `${runs} runs from seed ${first}, commit ${commit}: ${failures} failures, ${totals.entries} entries`,
  )
  if (values.report)
    writeFileSync(values.report, JSON.stringify({ runs, failures, entries: totals.entries, seed: first }))
  process.exitCode = failures === 0 ? 0 : 1
}

function sendOut(share: string, hear: (told: Told) => void): Promise<number | null> {
  const child = fork(new URL(import.meta.url).pathname, [...process.argv.slice(2), '--share', share], {
    // A run makes much that is short-lived: with room for it an eighth of the time is saved.
    execArgv: [...process.execArgv, '--max-semi-space-size=64'],
  })
  child.on('message', (told) => hear(told as Told))
  return new Promise((resolve) => child.once('exit', resolve))
}
