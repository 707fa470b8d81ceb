import type { SheetDocument } from 'shared/journal/document'
import type { EntryId } from 'shared/journal/ids'
import type { Receipt } from 'shared/journal/receipt'
import { must } from 'shared/plain/must'
import { isDirectorySheet, type DirectoryCache } from '../cache/directory-cache'
import { StoreUnavailable, type Leafed, type Store, type Write } from '../store/store'
import type { Epochs } from './epochs'
import type { Signer } from './port'
import type { Schedule } from './schedule'
import { settle, type Arrival, type Bench, type Settled } from './settle'
import type { Ticks } from './ticks'

const mostSheets = 100
const mostBulks = 2
/** So many bulks of the directory go before lessons that wait: whoever writes on it all the time shuts nobody out. */
const mostAhead = 4
const mostTries = 12
const mostUncertain = 6
/** First wait after an answer that nobody can vouch for; each further one is twice as long. */
const firstWait = 50

export interface CommitterDeps {
  db: string
  store: Pick<Store<SheetDocument>, 'kind' | 'get' | 'write'>
  directory: DirectoryCache
  epochs: Epochs
  ticks: Ticks
  signer: Signer
  now: () => number
  schedule: Schedule
}

export type Receipts = Map<EntryId, Receipt>
type Leaves = Map<string, Leafed<SheetDocument>>
type Outcomes = Awaited<ReturnType<Store['write']>>

interface Written {
  settled: Map<Work, Settled>
  outcomes: Outcomes
}

interface Job {
  arrivals: readonly Arrival[]
  resolve: (receipts: Receipts) => void
  reject: (error: unknown) => void
}

interface Work {
  sheet: string
  jobs: Job[]
  conflicts: number
  uncertain: number
}

/**
 * Group commit. What arrives while bulks are under way gathers, and goes together: one read, one bulk write, one sheet
 * in one bulk at a time, so that entries of a sheet keep their order. Somebody else wrote first: read and ask again.
 */
export class Committer {
  readonly #deps: CommitterDeps
  readonly #pending = new Map<string, Job[]>()
  readonly #busy = new Set<string>()
  /** Sheets whose last write nobody could vouch for: answered only after a write that somebody does (S1). */
  readonly #unsettled = new Set<string>()
  #bulks = 0
  /** Bulks of the directory that have gone one after another while lessons waited. */
  #ahead = 0
  #starting = false
  #closed = false
  readonly #whenIdle: (() => void)[] = []
  readonly #sleepers = new Set<() => void>()

  constructor(deps: CommitterDeps) {
    this.#deps = deps
  }

  /** Settles arrivals on a sheet. Resolves once they are on disk; throws `StoreUnavailable` where nobody can say so. */
  submit(sheet: string, arrivals: readonly Arrival[]): Promise<Receipts> {
    if (this.#closed) return Promise.reject(closing(sheet))
    return new Promise((resolve, reject) => {
      const job = { arrivals, resolve, reject }
      const jobs = this.#pending.get(sheet)
      if (jobs) jobs.push(job)
      else this.#pending.set(sheet, [job])
      this.#start()
    })
  }

  /** Judges what waits on the sheet again and merges its leaves; writes only where that changes something. */
  async revisit(sheet: string): Promise<void> {
    await this.submit(sheet, [])
  }

  /** Lets the bulks under way end, turns everything else away, and resolves when nothing is left. */
  close(): Promise<void> {
    this.#closed = true
    for (const wake of this.#sleepers) wake()
    for (const [sheet, jobs] of this.#pending) {
      for (const { reject } of jobs) reject(closing(sheet))
    }
    this.#pending.clear()
    if (this.#bulks === 0) return Promise.resolve()
    return new Promise((resolve) => this.#whenIdle.push(resolve))
  }

  // A turn later, so that what arrives together goes together.
  #start(): void {
    if (this.#starting) return
    this.#starting = true
    queueMicrotask(() => {
      this.#starting = false
      while (this.#bulks < mostBulks) {
        const works = this.#pick()
        if (works.length === 0) break
        this.#bulks++
        void this.#run(works).finally(() => this.#done(works))
      }
    })
  }

  #done(works: readonly Work[]): void {
    this.#bulks--
    for (const { sheet } of works) this.#busy.delete(sheet)
    if (this.#bulks === 0) for (const tell of this.#whenIdle.splice(0)) tell()
    this.#start()
  }

  // Rights and rosters come first: lessons are judged by what the directory says after them.
  #pick(): Work[] {
    const free = [...this.#pending.keys()].filter((sheet) => !this.#busy.has(sheet))
    const directory = free.filter(isDirectorySheet)
    const isLessonsTurn = this.#ahead >= mostAhead && directory.length < free.length
    if (directory.length === 0 && !isLessonsTurn && [...this.#busy].some(isDirectorySheet)) return []
    const goesFirst = directory.length > 0 && !isLessonsTurn
    this.#ahead = goesFirst && directory.length < free.length ? this.#ahead + 1 : 0
    const sheets = goesFirst ? directory : free.filter((sheet) => !isDirectorySheet(sheet))
    return sheets.slice(0, mostSheets).map((sheet) => {
      const jobs = must(this.#pending.get(sheet), sheet)
      this.#pending.delete(sheet)
      this.#busy.add(sheet)
      return { sheet, jobs, conflicts: 0, uncertain: 0 }
    })
  }

  async #run(works: readonly Work[]): Promise<void> {
    let rest = works
    try {
      while (rest.length > 0) {
        const again = await this.#round(rest)
        const waits = Math.max(...again.map(({ uncertain }) => uncertain), 0)
        rest = again.filter((work) => this.#mayTryAgain(work))
        if (waits > 0 && rest.length > 0) await this.#sleep(firstWait * 2 ** (waits - 1))
      }
    } catch (error) {
      for (const work of rest) for (const { reject } of work.jobs) reject(error)
    }
  }

  #sleep(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        cancel()
        this.#sleepers.delete(wake)
        resolve()
      }
      const cancel = this.#deps.schedule(ms, wake)
      this.#sleepers.add(wake)
    })
  }

  #mayTryAgain({ sheet, jobs, conflicts, uncertain }: Work): boolean {
    if (conflicts < mostTries && uncertain < mostUncertain && !this.#closed) return true
    const error = new StoreUnavailable(
      `${sheet} could not be settled: ${conflicts} conflicts, ${uncertain} uncertain`,
    )
    for (const { reject } of jobs) reject(error)
    return false
  }

  /** One read, one judgement, one bulk. Returns what has to be settled again. */
  async #round(works: readonly Work[]): Promise<Work[]> {
    const { store, directory } = this.#deps
    const bench = await this.#bench()
    const leaves = await store.get(works.map(({ sheet }) => sheet))
    let written = await this.#write(works, leaves, bench, false)
    if (!written) {
      await directory.confirm()
      written = await this.#write(works, leaves, await this.#bench(), true)
    }
    const { settled, outcomes } = must(written, 'what was settled by a confirmed directory')
    const again: Work[] = []
    for (const [work, { receipts, restored, write }] of settled) {
      const outcome = write ? (outcomes.get(work.sheet)?.is ?? 'uncertain') : 'written'
      if (outcome === 'written') {
        this.#unsettled.delete(work.sheet)
        for (const receipt of restored) await this.#deps.epochs.lost(receipt)
        for (const { resolve } of work.jobs) resolve(receipts)
        continue
      }
      if (outcome === 'uncertain') this.#unsettled.add(work.sheet)
      again.push({ ...work, [outcome === 'conflict' ? 'conflicts' : 'uncertain']: tries(work, outcome) + 1 })
    }
    return again
  }

  /**
   * Settles, and writes what came of it, with nothing awaited in between: a number is fresh when the store has it (P-2). Null
   * where something would be refused by a directory that may be seconds old: another server may know this student (A1).
   */
  #write(
    works: readonly Work[],
    leaves: Leaves,
    bench: Bench,
    isConfirmed: boolean,
  ): Promise<Written | null> {
    const { store, directory, ticks } = this.#deps
    return ticks.during(async (version) => {
      const settled = this.#settle(works, leaves, bench, version)
      if (!isConfirmed && [...settled.values()].some(({ refused }) => refused)) return null
      const writes = [...settled.values()].flatMap(({ write }) => write ?? [])
      const outcomes = writes.length > 0 ? await store.write(writes) : (new Map() as Outcomes)
      directory.learn(writes.flatMap((write) => (isWritten(outcomes, write) ? [write.doc] : [])))
      return { settled, outcomes }
    })
  }

  #settle(works: readonly Work[], leaves: Leaves, bench: Bench, version: number): Map<Work, Settled> {
    const { store } = this.#deps
    const settled = new Map<Work, Settled>()
    for (const work of works) {
      const arrivals = work.jobs.flatMap((job) => job.arrivals)
      // A cluster with too few nodes up may answer a read from one copy: what is sent again may stand in that one alone,
      // left there by another server. Only a write that enough copies take is an answer.
      const confirm = this.#unsettled.has(work.sheet)
        ? 'always'
        : store.kind === 'couchdb'
          ? 'known'
          : 'never'
      try {
        settled.set(
          work,
          settle(work.sheet, leaves.get(work.sheet) ?? null, arrivals, bench, version, confirm),
        )
      } catch (error) {
        // One sheet that cannot be read must not hold up those that came with it.
        for (const { reject } of work.jobs) reject(error)
      }
    }
    return settled
  }

  async #bench(): Promise<Bench> {
    const { db, epochs, signer, now } = this.#deps
    await epochs.confirm()
    const directory = await this.#deps.directory.current()
    const former = (since: number) => this.#deps.directory.former(since)
    return { db, epoch: epochs.current(), directory, former, signer, judged: now() }
  }
}

function closing(sheet: string): StoreUnavailable {
  return new StoreUnavailable(`${sheet}: the server is closing`)
}

function tries(work: Work, outcome: 'conflict' | 'uncertain'): number {
  return outcome === 'conflict' ? work.conflicts : work.uncertain
}

function isWritten(outcomes: Outcomes, { doc }: Write<SheetDocument>): boolean {
  return outcomes.get(doc._id)?.is === 'written'
}
