import type { Anchor } from 'shared/journal/anchor'
import type { AnchorFile } from '../../sync-server/src/journal/anchors'
import { openJournal, type OpenJournal } from '../../sync-server/src/journal/open-journal'
import type { Signer } from '../../sync-server/src/journal/port'
import { StoreUnavailable, type StoreFactory } from '../../sync-server/src/store/store'
import { breakAnchors, breakSigner, type Broken, type Claims } from './breaks'
import { breakStores } from './broken-stores'
import type { History } from './history'
import { never, type Interrupts, type Process } from './interrupts'
import { db } from './people'
import type { Point } from './points'
import { processStores, type ProcessParts } from './process-stores'

export interface ServerParts {
  name: string
  interrupts: Interrupts
  history: History
  signer: Signer
  broken: Broken | null
  claims: Claims
  stores: () => StoreFactory
  /** How far this machine's clock is off, as the process finds it at its start (ms). */
  offset: () => number
  onAlarm: (message: string) => void
  onDirectory: ProcessParts['onDirectory']
  patience: ProcessParts['patience']
}

/** One server: the real journal over the school's stores. Killed, it is started again, as a service manager does. */
export class ServerProcess {
  journal: OpenJournal | null = null
  /** Its anchors, on a disk of its own (L2). */
  readonly anchors: Anchor[] = []
  #life = 0
  #isOn = false
  #offset = 0
  #frozenUntil = 0

  constructor(readonly parts: ServerParts) {}

  get isOn(): boolean {
    return this.#isOn
  }

  now(): number {
    return this.parts.interrupts.world.now() + this.#offset
  }

  start(): void {
    if (this.#isOn) return
    this.#isOn = true
    this.#life += 1
    this.#offset = this.parts.offset()
    const life = this.#life
    const isAlive = () => this.#isOn && this.#life === life
    const { interrupts, name } = this.parts
    const { world, random } = interrupts
    const kill = () => this.kill(random.int(1_000, 30_000))
    const process: Process = { name, isAlive, kill, frozenUntil: () => this.#frozenUntil }
    const { stores, signer, broken, claims, onDirectory, patience, history, onAlarm } = this.parts
    const tell = (level: 'warn' | 'error') => (fields: object, message: string) => {
      if (level === 'error') onAlarm(message)
      history.write(name, `${level}: ${message}`, fields)
    }
    const opening = openJournal({
      stores: breakStores(processStores(stores(), { process, interrupts, onDirectory, patience }), broken),
      db,
      signer: breakSigner(this.#signerOf(process, signer), broken, claims),
      now: () => this.now(),
      elapsed: () => world.now(),
      random: () => random.next(),
      schedule: (ms, task) => world.after(ms, () => isAlive() && task()),
      log: { info: () => {}, warn: tell('warn'), error: tell('error') },
      anchors: breakAnchors(this.#anchorFile(process), broken),
    })
    opening.then(
      (journal) => {
        if (isAlive()) this.journal = journal
      },
      () => isAlive() && this.kill(5_000),
    )
  }

  /** What it had in memory is gone; what it was doing may or may not have reached the store. */
  kill(backIn: number): void {
    if (!this.#isOn) return
    const { history, name, interrupts } = this.parts
    history.write(name, 'dies')
    const { journal } = this
    this.#isOn = false
    this.journal = null
    // Only to stop its timers: nothing that it still does comes to an end.
    void journal?.close().catch(() => {})
    interrupts.world.after(backIn, () => this.start())
  }

  /** Asks the running journal; null where there is none, where it fails, and where it dies meanwhile. */
  async ask<T>(act: (journal: OpenJournal) => Promise<T>, before: Point, after: Point): Promise<T | null> {
    const { journal } = this
    if (!journal) return null
    const { interrupts, name, history } = this.parts
    const isAlive = () => this.journal === journal
    const process: Process = { name, isAlive, kill: () => this.kill(interrupts.random.int(1_000, 30_000)) }
    const failure = () => new StoreUnavailable('it fails')
    try {
      await interrupts.pass(before, process, failure)
      const answer = await act(journal)
      await interrupts.pass(after, process, failure)
      return isAlive() ? answer : await never()
    } catch (error) {
      if (error instanceof StoreUnavailable) return null
      history.write(name, 'fails', String(error))
      throw error
    }
  }

  // Judging and signing take no time; whoever dies or hangs there dies or hangs at the next thing it waits for.
  #signerOf(process: Process, signer: Signer): Signer {
    const { interrupts } = this.parts
    const pass = (point: Point) => {
      const harm = interrupts.at(point, process.name)
      if (harm === 'error') throw new StoreUnavailable('no key')
      if (harm === 'kill') process.kill()
      if (harm === 'hang') this.#frozenUntil = interrupts.world.now() + interrupts.howLong()
    }
    return {
      ...signer,
      signReceipts(receipts) {
        pass('server: entry judged')
        const signed = signer.signReceipts(receipts)
        pass('server: receipt signed')
        return signed
      },
    }
  }

  #anchorFile(process: Process): AnchorFile {
    const { interrupts } = this.parts
    const { world, random } = interrupts
    const pass = (point: Point) => interrupts.pass(point, process, () => new Error('no room for an anchor'))
    return {
      readAll: async () => [...this.anchors],
      append: async (anchor) => {
        await world.sleep(random.int(0, 20))
        if (!process.isAlive()) await never()
        await pass('server: anchor asked')
        this.anchors.push(anchor)
        await pass('server: anchor filed')
      },
    }
  }
}
